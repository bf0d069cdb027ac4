// A step of the workflow: counts the orders with whatever login DATABASE_URL holds.
import pg from 'pg';

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
const { rows } = await client.query('select count(*)::int as n from orders');
console.log(`orders: ${rows[0].n}`);
await client.end();
