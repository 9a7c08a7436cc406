const connection = (field, more, fields) => `{ ${field}${more ? `(${more})` : ''} { totalCount nodes { ${fields} } } }`;
const conversations = (filter, fields = 'id') => connection('conversations', `first: 100, filter: ${filter}`, fields);
const stats = (more, fields) => `{ conversationStats${more ? `(${more})` : ''} { ${fields} } }`;
const texts = list => list.map(query => ({ query }));

/** Queries by what they are about; a few need variables. */
export const queries = {
  'objects and their parts': texts([
    `{ conversations(first: 100) { nodes { id externalId namespace revision status holds channel recordingType analyticsLevel language
      languageBase externalQueueId agentEmail externalAgentId } } }`,
    `{ conversations(first: 100) { nodes { connectorId fileId queueId agentId line startedAt endedAt receivedAt updatedAt completedAt
      heldAt isResolved csatScore warnings errorCode errorDetail retryable version } } }`,
    `{ conversations(first: 100) { nodes { place { index line member } metrics { durationMs utterances turns agentWordsPerMinute
      customerTalkShare agentRmsDbfs } } } }`,
    `{ conversations(first: 100) { nodes { queue { id name version createdAt updatedAt } agent { id name email externalId } connector {
      name format } file { key status } } } }`,
    '{ conversations(first: 100) { nodes { members revisions { number hasTranscript storedAt } last: revisions(first: 1) { number } } } }',
    `{ files(first: 100) { nodes { id key etag size lastModified status removed errorCode errorDetail retryable connectorId batchId version
      discoveredAt updatedAt counts { read accepted held rejected } } } }`,
    `{ files(first: 100) { nodes { key rejections(first: 100) { totalCount nodes { line externalId field code message place { member line
      index } } } } } }`,
    `{ scans(first: 100) { nodes { id connectorId trigger status dueAt startedAt finishedAt counts { pages listed discovered changed
      removed skipped ignored } errorCode errorDetail connector { name } } } }`,
    `{ batches { nodes { id path feed kind encoding snapshot date status sealedAt errorCode retryable version discoveredAt importedAt
      counts { files read accepted rejected } connector { name } } } }`,
    `{ connectors { nodes { id name format namespace enabled removed suspension { at code detail resolution } schedule lastRefreshAt
      lastDiscoveryAt version createdAt defaultQueue { name } } } }`,
    '{ queues { nodes { id name version createdAt updatedAt } } agents { nodes { id name email externalId version createdAt updatedAt } } }',
    `{ conversations(first: 100) { nodes { messages(first: 100) { totalCount nodes { index role text participantId messageId startMs endMs
      at confidence words attributes } } } } }`,
  ]),
  'nested lists': texts([
    '{ queues { nodes { name conversations(first: 3) { totalCount nodes { id status } } } } }',
    `{ queues { nodes { conversations(first: 2, orderBy: CSAT_SCORE_DESC, filter: {channel: {eq: VOICE}}) { nodes { csatScore agent { name
      conversations(first: 2) { totalCount nodes { id } } } } } } } }`,
    `{ connectors { nodes { name scans(first: 2) { nodes { startedAt } } files(first: 2, filter: {removed: {eq: false}}) { totalCount nodes
      { key conversations(first: 1) { totalCount nodes { externalId } } } } batches { nodes { path files { nodes { key } } } } } } }`,
    '{ files(first: 3) { nodes { batch { path files { totalCount } } connector { files(first: 1) { nodes { key } } } } } }',
    '{ conversations(first: 5) { nodes { queue { conversations(first: 2, orderBy: STARTED_AT_ASC) { nodes { startedAt queue { name } } } } } } }',
    `{ conversations(first: 5) { nodes { messages(first: 2) { nodes { text } } more: messages(first: 1, role: AGENT) { totalCount nodes {
      text } } found: messages(contains: "REFUND") { totalCount nodes { index text } } } } }`,
    '{ conversations(first: 100) { nodes { messages(contains: "CAFE") { nodes { text } } m: messages(contains: "\\"quoted\\"") { totalCount } n: messages(contains: "%") { totalCount } o: messages(contains: "back\\\\s") { totalCount } p: messages(contains: "") { totalCount } } } }',
    '{ conversations(first: 100) { nodes { messages(last: 2) { nodes { index } pageInfo { hasPreviousPage hasNextPage } } } } }',
  ]),
  'call records and sales': texts([
    `{ callRecords(first: 100) { totalCount nodes { id externalId namespace customerId customerType callStart callEnd assignedAt
      timeInQueue handleTime wrapTime dispositionCategory callerAccountValue } } }`,
    `{ callRecords(first: 100) { nodes { tollFreeNumber ivrIntent ivrResolved ivrAbandoned agentQueue queueAbandoned transfer surveyOffered
      surveyTaken surveyAnswer attributes lists warnings line file { key } } } }`,
    `{ callRecords(first: 100, orderBy: CALL_START_ASC) { nodes { callStart conversation { id externalId callRecords { id externalId }
      sales(first: 2) { id transactionId } } } } }`,
    `{ sales(first: 100) { totalCount nodes { id transactionId transactionLine transactionTime transactionValueOneTime
      transactionValueRecurring namespace externalId externalCustomerId productId productQuantity line conversation { externalId } } } }`,
    '{ conversations(first: 100) { nodes { externalId callRecords { id callStart } sales { id transactionTime externalId } } } }',
    '{ callRecordStats(groupBy: [AGENT_QUEUE, IVR_INTENT]) { key { agentQueue ivrIntent } count } }',
    `{ callRecordStats(groupBy: [WEEK, IVR_RESOLVED], timeZone: "Pacific/Auckland") { key { week ivrResolved } count handleTime { count sum
      avg p90 } timeInQueue { min max } } }`,
    `{ saleStats(groupBy: [PRODUCT_ID, CUSTOMER_CATEGORY], orderBy: COUNT_DESC) { key { productId customerCategory } count productQuantity
      { sum avg } } }`,
    `{ callRecords(filter: {not: {ivrAbandoned: {eq: false}}, handleTime: {gt: 100}}) { totalCount nodes { id } } sales(filter: {or:
      [{externalId: {isNull: false}}, {productQuantity: {gte: 3}}]}) { totalCount nodes { id } } }`,
  ]),
  'one object': texts([
    ...['Conversation', 'Queue', 'File'].map(type => `{ node(id: "${type}:00000000-0000-4000-8000-000000000000") { id } }`),
    '{ conversation(id: "00000000-0000-4000-8000-000000000000") { id } queue(id: "Queue:00000000-0000-4000-8000-000000000000") { name } }',
  ]),
  'filters of texts': texts([
    '{externalId: {eq: "c-3"}}', '{externalId: {eq: "c-\\"20\\"\\\\"}}', '{externalId: {ne: "c-3"}}', '{externalId: {in: ["c-1", "c-2", "c-999"]}}',
    '{externalId: {in: []}}', '{externalId: {notIn: ["c-1", "c-2"]}}', '{externalId: {notIn: []}}',
    '{agentEmail: {eq: null}}', '{agentEmail: {ne: null}}', '{agentEmail: {ne: "ada@example.com"}}', '{agentEmail: {isNull: true}}',
    '{agentEmail: {isNull: false}}', '{agentEmail: {notIn: ["ada@example.com"]}}', '{agentEmail: {eq: "\'; drop table qi.conversations; --"}}',
    '{externalAgentId: {eq: "ext-2"}}', '{language: {in: ["de-DE", "de-CH"]}}', '{languageBase: {eq: "de"}, channel: {eq: CHAT}}',
  ].map(filter => conversations(filter))),
  'filters of numbers, times and words': texts([
    '{revision: {eq: 2}}', '{revision: {gt: 1, lt: 3}}', '{revision: {in: [1, 3]}}', '{durationMs: {gte: 180000}}', '{durationMs: {lt: "240000"}}',
    '{durationMs: {isNull: true}}', '{durationMs: {ne: 60000}}', '{csatScore: {gt: 2.5}}', '{csatScore: {lte: 1.5}}',
    '{csatScore: {in: [0.5, 4.5]}}', '{csatScore: {eq: null}}', '{agentWordsPerMinute: {gte: 100, lt: 150.25}}', '{agentRmsDbfs: {lt: -20}}',
    '{utterances: {gt: 10}}', '{isResolved: {eq: true}}', '{isResolved: {ne: true}}', '{isResolved: {isNull: true}}',
    '{retryable: {eq: true}}', '{startedAt: {gte: "2026-01-05T00:00:00Z", lt: "2026-01-10T00:00:00Z"}}', '{startedAt: {eq: "2025-10-26T01:30:00Z"}}',
    '{startedAt: {eq: "2025-10-26T03:30:00+02:00"}}', '{startedAt: {in: ["2026-03-29T00:59:59.999999Z", "2026-03-29T01:00:00Z"]}}',
    '{startedAt: {gt: "2026-03-29T00:59:59.999998Z"}}', '{completedAt: {isNull: false}}', '{heldAt: {ne: null}}', '{status: {eq: HELD}}',
    '{status: {ne: COMPLETED}}', '{status: {in: [FAILED, PROCESSING]}}', '{status: {notIn: [HELD]}, channel: {ne: CHAT}}',
    '{recordingType: {eq: STEREO}}',
    '{analyticsLevel: {in: [FULL_TEXT]}}',
  ].map(filter => conversations(filter))),
  'composed filters': texts([
    '{and: []}', '{or: []}', '{not: {}}', '{}', 'null', '{and: [{channel: {eq: CHAT}}, {status: {eq: COMPLETED}}]}',
    '{or: [{channel: {eq: CHAT}}, {status: {eq: HELD}}]}', '{not: {channel: {eq: CHAT}}}', '{not: {csatScore: {gt: 2}}}',
    '{not: {not: {csatScore: {gt: 2}}}}',
    '{not: {or: [{csatScore: {gt: 2}}, {isResolved: {eq: true}}]}}', '{not: {and: [{csatScore: {gt: 1}}, {isResolved: {eq: true}}]}}',
    '{or: [{and: [{channel: {eq: VOICE}}, {not: {status: {in: [FAILED]}}}]}, {revision: {eq: 3}}], languageBase: {ne: "fr"}}', '{or: [{}]}',
    '{and: [{}, {or: []}]}',
    '{not: {and: []}}', '{not: {or: []}}', '{channel: null, status: {eq: HELD}}', '{status: {eq: HELD, in: null}}',
    '{or: [{or: [{or: [{revision: {eq: 1}}]}]}]}', '{not: {agentEmail: {eq: "ada@example.com"}}}', '{not: {agentEmail: {in: ["ada@example.com"]}}}',
    '{not: {queue: {name: {eq: "sales"}}}}',
  ].map(filter => conversations(filter))),
  'filters of related objects and searches': texts([
    '{queue: {name: {eq: "billing"}}}', '{queue: {name: {ne: "billing"}}}', '{queue: {}}', '{agent: {email: {isNull: true}}}',
    '{agent: {name: {in: ["chloé 😀", "bob \\"the builder\\""]}}}', '{agent: {externalId: {isNull: false}}}',
    '{connector: {name: {eq: "calls"}, format: {eq: QUALITY_CSV}}}',
    '{connector: {format: {eq: FEEDS}}}', '{file: {key: {prefix: "in/"}}}', '{search: "refund"}', '{search: "hello invoice"}', '{search: "cafe"}',
    '{search: "nowhere"}', '{attribute: "user.plan=gold"}', '{attribute: "user.n=6"}', '{attribute: "list=X"}',
    '{not: {search: "hello"}}', '{or: [{search: "refund"}, {channel: {eq: CHAT}}]}',
  ].map(filter => conversations(filter)).concat([
    connection('files', 'filter: {key: {prefix: "in_"}}', 'key'), connection('files', 'filter: {key: {prefix: "in%"}}', 'key'),
    connection('files', 'filter: {key: {prefix: ""}}', 'key'), connection('files', 'filter: {key: {prefix: "in/ü"}}', 'key'),
    connection('files', 'filter: {size: {gte: "5000"}, rejected: {lt: 9}}', 'key'),
    connection('files', 'filter: {connector: {name: {eq: "feeds"}}, batchId: {isNull: false}}', 'key'),
    connection('batches', 'filter: {date: {gte: "2026-01-02"}}', 'path'),
    connection('batches', 'filter: {date: {isNull: true}}', 'path'),
    connection('batches', 'filter: {kind: {ne: CALL_CENTER_ISSUES}, snapshot: {eq: false}}', 'path'),
    connection('connectors', 'filter: {removed: {eq: true}}', 'name'), connection('scans', 'filter: {trigger: {in: [MANUAL, SCHEDULE]}}', 'id'),
  ])),
  'orders': texts([
    ...['STARTED_AT', 'RECEIVED_AT', 'CSAT_SCORE', 'DURATION_MS'].flatMap(order => ['ASC', 'DESC'].map(way =>
      `{ conversations(first: 100, orderBy: ${order}_${way}) { nodes { id startedAt receivedAt csatScore metrics { durationMs } } } }`)),
    ...['NAME_ASC', 'NAME_DESC', 'CREATED_AT_DESC'].map(order => `{ queues(orderBy: ${order}) { nodes { name } } }`),
    `{ files(first: 100, orderBy: DISCOVERED_AT_ASC) { nodes { key discoveredAt } } a: files(last: 3, orderBy: DISCOVERED_AT_ASC) { nodes {
      key } } }`,
  ]),
  'statistics': texts([
    stats('', 'count'), stats('', 'count durationMs { count sum avg min max p50 p90 p95 p99 } csatScore { count sum avg min max p50 p90 p95 p99 }'),
    stats('groupBy: [CHANNEL]', 'key { channel status } count'),
    stats('groupBy: [CHANNEL, STATUS, RECORDING_TYPE]', 'key { channel status recordingType } count'),
    stats('groupBy: [QUEUE]', 'key { queue { name } } count agentTalkMs { avg p95 }'),
    stats('groupBy: [AGENT, LANGUAGE]', 'count key { language agent { id name } }'),
    stats('groupBy: [CONNECTOR, CHANNEL], orderBy: KEY_DESC', 'key { connector { name format } channel } count'),
    stats('groupBy: [IS_RESOLVED], orderBy: COUNT_DESC', 'key { isResolved } count'),
    stats('groupBy: [ERROR_CODE], orderBy: KEY_DESC', 'key { errorCode } count'),
    stats('groupBy: [EXTERNAL_QUEUE_ID], orderBy: COUNT_ASC', 'key { externalQueueId } count'),
    ...['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'].flatMap(zone => ['HOUR', 'DAY', 'WEEK', 'MONTH'].map(unit =>
      stats(`groupBy: [${unit}], timeZone: "${zone}"`, 'key { hour day week month } count'))),
    stats('groupBy: [MONTH, QUEUE], first: 4', 'key { month queue { name conversations(first: 1) { totalCount } } } count'),
    stats('filter: {channel: {eq: CHAT}}', 'count firstResponseMs { avg }'),
    stats('filter: {externalId: {eq: "none"}}', 'count csatScore { count sum avg p50 }'),
    stats('filter: {externalId: {eq: "none"}}, groupBy: [CHANNEL]', 'count'),
    stats('groupBy: [STATUS], first: 2, orderBy: COUNT_DESC', 'key { status } count'), stats('groupBy: []', 'count key { channel }'),
    stats('groupBy: [CHANNEL]', 'a: count b: key { x: channel } c: turns { y: avg z: avg } __typename'),
    '{ fileStats(groupBy: [STATUS, CONNECTOR]) { key { status connector { name } } count size { sum avg } read { sum } rejected { max p90 } } }',
    '{ fileStats(groupBy: [DAY], timeZone: "Asia/Kolkata") { key { day } count } }',
  ]),
  'aliases, fragments and conditions': [
    ...texts([
      '{ a: __typename b: conversations(first: 1) { c: __typename d: nodes { e: __typename f: id g: id } } h: __typename }',
      '{ zebra: queues { nodes { z: name a: name m: version } } apple: queues { nodes { name } } }',
      `{ conversations(first: 2) { ...A ...B } } fragment A on ConversationConnection { nodes { id ...C } totalCount } fragment B on
        ConversationConnection { totalCount nodes { ...C status } } fragment C on Conversation { channel queue { name } }`,
      '{ conversations(first: 2) { nodes { queue { name } queue { version } ... on Conversation { queue { id } } ... { queue { createdAt } } } } }',
      '{ conversations(first: 2) { nodes { ... on Node { id __typename } ... on Conversation { status } } } }',
      '{ conversations(first: 3) { edges { node { id } } nodes { id } pageInfo { hasNextPage } } c: conversations(first: 2) { totalCount } }',
      `{ ${'x'.repeat(70)}1: __typename ${'x'.repeat(70)}2: queues(first: 1) { ${'y'.repeat(64)}: nodes { ${'z'.repeat(100)}: name ${'z'.repeat(100)}2: version } } }`,
      '{ queues { nodes { _: name __a: version A1: id select: name from: name order: name null: name true: name } } }',
      `{ conversations(first: 1) { nodes { metrics { ${Array.from({ length: 10 }, (_, i) => `d${i}: durationMs u${i}: utterances t${i}: turns w${i}: agentWords s${i}: silenceMs`).join(' ')} } } } }`,
      '{ __typename __schema { queryType { name } } __type(name: "Queue") { name kind fields { name } } queues(first: 1) { nodes { name } } }',
      'query A { queues(first: 1) { nodes { name } } }',
    ]),
    ...[[true, true], [true, false], [false, true], [false, false]].map(([a, b]) => ({
      query: `query ($a: Boolean!, $b: Boolean!) { queues(first: 2) { nodes { name @include(if: $a) version @skip(if: $b) id @include(if: $a) @skip(if: $b) ...F @include(if: $b) ... @skip(if: $a) { createdAt } } totalCount @skip(if: $a) } x: __typename @include(if: $b) }
        fragment F on Queue { updatedAt name }`,
      variables: { a, b },
    })),
    { query: `query ($f: ConversationFilter, $n: Int, $o: ConversationOrder) { conversations(first: $n, filter: $f, orderBy: $o) {
      totalCount nodes { id } } }`, variables: { n: 3 } },
    { query: `query ($f: ConversationFilter, $n: Int, $o: ConversationOrder = CSAT_SCORE_ASC) { conversations(first: $n, filter: $f,
      orderBy: $o) { totalCount nodes { id } } }`, variables: { f: null, n: 5 } },
    { query: `query ($f: ConversationFilter!) { conversations(filter: $f) { totalCount } }`, variables: { f: { or: [{ status: { eq: 'HELD' } }, { not: { queue: { name: { in: ['sales', 'billing'] } } } }] } } },
    { query: `query ($c: Channel, $s: [ConversationStatus!] = [HELD]) { conversations(filter: {channel: {eq: $c}, status: {in: $s}}) {
      totalCount } }`, variables: {} },
    { query: `query ($c: Channel, $s: [ConversationStatus!]) { conversations(filter: {channel: {eq: $c}, status: {in: $s}}) { totalCount }
      }`, variables: { c: 'CHAT', s: 'COMPLETED' } },
    { query: `query ($t: DateTime!) { conversations(filter: {startedAt: {gte: $t}}) { totalCount } }`, variables: { t: '2026-01-10T01:00:00+01:00' } },
    { query: `query ($e: String) { conversations(filter: {or: [{externalId: {eq: $e}}, {externalId: {in: ["c-1"]}}]}) { nodes { externalId
      } } }`, variables: { e: 'c-"20"\\' } },
  ],
};
