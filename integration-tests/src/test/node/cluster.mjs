// Where the environment says that the cluster and its registry are.
import kafkajs from 'kafkajs';
import schemaregistry from '@confluentinc/schemaregistry';

const { Kafka, logLevel } = kafkajs;
const { SchemaRegistryClient } = schemaregistry;

export const registry = new SchemaRegistryClient({ baseURLs: [process.env.SCHEMA_REGISTRY_URL] });

export const kafka = new Kafka({
  clientId: 'zoetrope-interop',
  brokers: process.env.BOOTSTRAP_SERVERS.split(','),
  logLevel: logLevel.ERROR,
});
