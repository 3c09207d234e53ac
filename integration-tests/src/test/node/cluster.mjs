// Where the environment says that the cluster and its registry are.
import { SchemaRegistryClient } from '@confluentinc/schemaregistry';
import { Kafka, logLevel } from 'kafkajs';

export const registry = new SchemaRegistryClient({ baseURLs: [process.env.SCHEMA_REGISTRY_URL] });

export const kafka = new Kafka({
  clientId: 'zoetrope-interop',
  brokers: process.env.BOOTSTRAP_SERVERS.split(','),
  logLevel: logLevel.ERROR,
});
