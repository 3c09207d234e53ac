// node publish.mjs TOPIC KEY SCHEMA.avsc EVENT.json: publishes one event, its schema registered first.
import { readFile } from 'node:fs/promises';
import kafkajs from 'kafkajs';
import schemaregistry from '@confluentinc/schemaregistry';
import { kafka, registry } from './cluster.mjs';

const { AvroSerializer, SerdeType } = schemaregistry;

const [topic, key, schemaFile, eventFile] = process.argv.slice(2);
const schema = await readFile(schemaFile, 'utf8');
const event = JSON.parse(await readFile(eventFile, 'utf8'));

await registry.register(`${topic}-value`, { schemaType: 'AVRO', schema });
const serializer = new AvroSerializer(registry, SerdeType.VALUE, { useLatestVersion: true });
const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
await producer.connect();
await producer.send({ topic, messages: [{ key, value: await serializer.serialize(topic, event) }] });
await producer.disconnect();
