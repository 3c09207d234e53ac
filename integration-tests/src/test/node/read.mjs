// node read.mjs TOPIC COUNT: prints so many records from the topic's beginning, each as a line of JSON.
import schemaregistry from '@confluentinc/schemaregistry';
import { kafka, registry } from './cluster.mjs';

const { AvroDeserializer, SerdeType } = schemaregistry;

const [topic, count] = process.argv.slice(2);
const deserializer = new AvroDeserializer(registry, SerdeType.VALUE, {});
const consumer = kafka.consumer({ groupId: `interop-${process.pid}-${Date.now()}` });
let left = Number(count);

await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await new Promise((resolve, reject) => {
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  consumer.run({
    eachMessage: async ({ message }) => {
      if (left-- > 0) {
        const value = await deserializer.deserialize(topic, message.value);
        console.log(JSON.stringify({ key: message.key.toString(), value }));
      }
      if (left <= 0) {
        resolve();
      }
    },
  });
});
await consumer.disconnect();
