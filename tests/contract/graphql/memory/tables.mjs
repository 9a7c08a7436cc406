// What each type's objects are made of, written a second time and by hand: a field is the column of its name unless it stands here.
const hidden = ['withdrawn', 'erased'];
const shown = row => !hidden.includes(row.status);
const part = (row, prefix, names) => (names.every(name => row[`${prefix}_${name}`] === null)
  ? null
  : Object.fromEntries(names.map(name => [name, row[`${prefix}_${name}`]])));
const place = row => part(row, 'place', ['member', 'line', 'index']);
const counts = row => ({ ...row, read: row.rows_read });

// Of a record in several imports that are shown, the latest counts.
const importOf = (row, data) => data.feed_imports.find(({ id }) => id === row.import_id);
const latest = table => (row, data) => {
  const current = data[table].filter(other => other.id === row.id && importOf(other, data).state === 'current');
  return current.includes(row) && current.every(other => importOf(other, data).date <= importOf(row, data).date);
};
const attribution = row => (row.issue_id !== null ? 'conversation' : row.external_customer_id !== null ? 'customer' : 'unattributed');

// Feeds name conversations by their external id, which must be that of one alone.
const named = (conversation, column) => row => row.namespace === conversation.namespace && row[column] === conversation.external_id;
const alone = (conversation, data) => data.conversations.filter(shown).filter(named(conversation, 'external_id')).length === 1;
const conversationOf = (row, column, data) =>
  data.conversations.filter(shown).find(conversation => named(conversation, column)(row) && alone(conversation, data))?.id;

/** A row of another table, by a column that holds its id. */
const one = (type, column) => ({ type, column });
/** Rows of another table, by a column of theirs that holds this row's id: in pages, with a filter and an order unless plain. */
const many = (type, column, more) => ({ type, of: (row, rows) => rows.filter(other => other[column] === row.id), ...more });

/** What call records and sales have in common. */
const fed = {
  file: one('File', 'file_id'), connector: one('Connector', 'connector_id'), batch: { type: 'Batch', of: (row, data) => importOf(row, data).batch_id },
};

/**
 * By type: `table` its rows and which of them `shown`, `order` the one it has by itself, `then` what else orders by a field's name,
 * `keys` what ends every order, `fields` what is no column, `parts` the objects of its own columns, `one` and `many` its relations,
 * `searches` the filters that are no columns, `sparse` whether rows leave out what is null.
 */
export const tables = {
  Conversation: {
    table: 'conversations',
    shown,
    order: 'STARTED_AT_DESC',
    then: { csatScore: ['started_at'], durationMs: ['started_at'] },
    fields: {
      holds: row => ['counterpart', 'queue', 'agent'].filter(hold => row[`hold_${hold}`]),
      members: (row, data) => content(row, data).members,
    },
    parts: { metrics: row => (row.duration_ms === null ? null : row), place },
    one: {
      connector: one('Connector', 'connector_id'), file: one('File', 'file_id'), queue: one('Queue', 'queue_id'), agent: one('Agent', 'agent_id'),
    },
    many: {
      messages: {
        type: 'Message',
        plain: true,
        of: (row, _, data) => content(row, data).transcript_json?.utterances ?? [],
        matches: (message, { role, contains }) =>
          (!role || message.role === role.toLowerCase()) && (!contains || fold(message.text).includes(fold(contains))),
      },
      revisions: {
        type: 'Revision', list: true, of: (row, _, data) => data.conversation_contents.filter(revision => revision.conversation_id === row.id),
      },
      callRecords: {
        type: 'CallRecord', list: true, of: (row, records, data) => (alone(row, data) ? records.filter(named(row, 'external_id')) : []),
      },
      sales: { type: 'Sale', list: true, of: (row, sales, data) => (alone(row, data) ? sales.filter(named(row, 'issue_id')) : []) },
    },
    searches: {
      search: (row, text, data) => {
        const said = (content(row, data).transcript_json?.utterances ?? []).flatMap(utterance => fold(utterance.text).split(/[^\p{L}\p{N}]+/u));
        return fold(text).split(' ').every(word => said.includes(word));
      },
      attribute: (row, term, data) => terms(content(row, data).members ?? {}).includes(fold(term)),
    },
  },
  Message: { keys: ['index'], column: name => name, sparse: true },
  Revision: {
    table: 'conversation_contents',
    keys: ['revision'],
    order: 'NUMBER_DESC',
    fields: { number: row => row.revision, hasTranscript: row => row.transcript_json !== null, storedAt: row => row.created_at },
  },
  Queue: { table: 'queues', order: 'CREATED_AT_ASC', many: { conversations: many('Conversation', 'queue_id') } },
  Agent: { table: 'agents', order: 'CREATED_AT_ASC', many: { conversations: many('Conversation', 'agent_id') } },
  Connector: {
    table: 'connectors',
    order: 'CREATED_AT_ASC',
    fields: { removed: row => row.deleted_at !== null },
    parts: { suspension: row => part(row, 'suspended', ['at', 'code', 'detail', 'resolution']) },
    one: { defaultQueue: { type: 'Queue', of: row => row.settings.defaultQueue } },
    many: {
      scans: many('Scan', 'connector_id'), files: many('File', 'connector_id'), batches: many('Batch', 'connector_id'),
      conversations: many('Conversation', 'connector_id'),
    },
  },
  Scan: { table: 'scans', order: 'STARTED_AT_DESC', parts: { counts }, one: { connector: one('Connector', 'connector_id') } },
  Batch: {
    table: 'batches',
    order: 'DISCOVERED_AT_DESC',
    parts: { counts },
    one: { connector: one('Connector', 'connector_id') },
    many: { files: many('File', 'batch_id') },
  },
  File: {
    table: 'files',
    order: 'DISCOVERED_AT_DESC',
    parts: { counts },
    one: { connector: one('Connector', 'connector_id'), batch: one('Batch', 'batch_id') },
    many: { rejections: many('Rejection', 'file_id', { plain: true }), conversations: many('Conversation', 'file_id') },
  },
  Rejection: { table: 'file_rejections', keys: ['line', 'ordinal'], parts: { place } },
  CallRecord: {
    table: 'call_records',
    shown: latest('call_records'),
    order: 'CALL_START_DESC',
    fields: {
      assignedAt: row => row.call_assigned_to_agent, handleTime: row => row.call_handle_time, wrapTime: row => row.call_wrap_time,
      agentQueue: row => row.agent_queue_assigned,
    },
    one: { ...fed, conversation: { type: 'Conversation', of: (row, data) => conversationOf(row, 'external_id', data) } },
  },
  Sale: {
    table: 'sales',
    shown: latest('sales'),
    order: 'TRANSACTION_TIME_DESC',
    fields: { externalId: row => row.issue_id, attribution },
    one: { ...fed, conversation: { type: 'Conversation', of: (row, data) => conversationOf(row, 'issue_id', data) } },
  },
};

const content = (row, data) => data.conversation_contents.find(one => one.conversation_id === row.id && one.revision === row.revision);

const fold = text => text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

function terms(value, path = []) {
  return Array.isArray(value) ? value.flatMap(element => terms(element, path))
    : typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, inner]) => terms(inner, [...path, name]))
    : value === null ? [] : [fold(`${path.join('.')}=${value}`)];
}
