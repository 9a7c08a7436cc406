/** Call records and sales of two imports that are shown, which share some, and of one that is retired. */
export function feeds({ id, at, below, pick, maybe, many }, { sources, connectors, batches, files, conversations }) {
  const feed = { id: id(), source_id: sources[1].id, root: 'in/', name: 'feed-0' };
  const imports = ['current', 'current', 'retired'].map((state, i) => ({
    id: id(), feed_id: feed.id, batch_id: batches[i].id, connector_id: connectors[1].id, namespace: 'space-1', kind: 'call_center_issues',
    partition: `part=${i}`, snapshot: false, date: `2026-01-0${i + 1}`, marker: 'm', sealed_at: at(i), state, files_hash: '', progress: {},
  }));

  const common = i => ({
    import_id: imports[i % 4 === 3 ? 2 : i % 2].id, connector_id: connectors[1].id, file_id: pick(files).id, line: i + 2, namespace: 'space-1',
    warnings: pick([[], ['spelling']]), attributes: maybe({ extra: 'é "x"', n: 1.5 }), lists: maybe({ topics: ['a', 'b'] }),
  });
  const name = i => maybe(i < 2 ? 'c-1' : pick(conversations.filter(({ namespace }) => namespace === 'space-1')).external_id, 5);

  const records = many(24, i => {
    const external_id = name(i);
    return {
      id: id(), ...common(i), conversation_id: external_id === null ? null : id(), customer_id: `customer-${i % 5}`, external_id,
      call_start: at(below(30) * 720), call_end: at(50_000 + i), call_assigned_to_agent: maybe(at(49_000 + i)),
      customer_type: maybe(pick(['new', 'old'])), survey_offered: maybe(below(2) === 0), survey_taken: maybe(below(2) === 0),
      survey_answer: maybe('Fine, "thanks".'), toll_free_number: maybe('0800'), ivr_intent: maybe(pick(['pay', 'cancel'])),
      ivr_resolved: maybe(below(2) === 0), ivr_abandoned: maybe(false), agent_queue_assigned: maybe(pick(['q1', 'q2'])),
      time_in_queue: maybe(below(300)), queue_abandoned: maybe(true), call_handle_time: maybe(below(900)), call_wrap_time: maybe(below(90)),
      transfer: maybe('second line'), disposition_category: maybe(pick(['solved', 'open'])), disposition_notes: maybe('…'),
      transaction_completed: maybe('t-1'), caller_account_value: maybe(pick(['12.50', '-0.001', '1000000000000000000000.10', '0'])),
    };
  });

  const sales = many(20, i => ({
    id: id(), ...common(i), transaction_id: `t-${i >> 1}`, transaction_line: 1 + (i % 2), transaction_time: at(below(30) * 720),
    transaction_value_one_time: maybe(pick(['9.99', '100'])), transaction_value_recurring: maybe('0.10'), customer_category: maybe(pick(['a', 'b'])),
    customer_subcategory: maybe('c'), external_customer_id: maybe(`customer-${i % 5}`), issue_id: name(i), external_session_id: `s-${i}`,
    product_category: maybe(pick(['phone', 'plan'])), product_subcategory: maybe('x'), product_name: maybe('Plan "L"'),
    product_id: maybe(`p-${i % 3}`), product_quantity: below(5), product_value_one_time: maybe('1.00'), product_value_recurring: maybe('2'),
  }));

  // The same records in both shown imports: the later one's counts.
  const again = (row, more) => ({ ...row, import_id: imports[1].id, line: 900, ...more });
  records.push(...records.filter(row => row.import_id === imports[0].id).slice(0, 3).map(row => again(row, { customer_type: 'later' })));
  sales.push(...sales.filter(row => row.import_id === imports[0].id).slice(0, 3).map(row => again(row, { customer_category: 'later' })));
  return { feeds: [feed], feed_imports: imports, call_records: records, sales };
}
