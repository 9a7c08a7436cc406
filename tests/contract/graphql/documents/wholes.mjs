/** Valid documents of some size, which the generated ones are made from. */
export const wholes = [
  `query Calls($first: Int = 20, $after: String, $filter: CallFilter = {queue: {name: {in: ["Sales", "Help"]}}, or: [{length: {gt: 3.5e1}}]}) @cached(for: 60) {
  calls(first: $first, after: $after, filter: $filter, orderBy: [{field: STARTED, direction: DESC}]) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor node { ...Call @include(if: $deep) ... on Node { id } queue { name } } }
  }
}

fragment Call on Conversation @once {
  id key: externalId
  messages(first: 3, role: AGENT, contains: "a \\"quote\\" \\u{1F600} \\n") { edges { node { text at } } } # the first three
}`,
  `"About" mutation M("the id" $id: ID!, $tags: [[String!]!]! = [["a"], []]) {
  ... @skip(if: false) { rename(id: $id, to: """
    a block
      of text with \\""" quotes
  """, null: null, on: true, tags: $tags) { __typename } }
}
subscription S { on: fragment(x: -0.0e-1, y: 00001) { a } }`.replace('00001', '1'),
  '\ufeff{a,b:c(d:[1,-2,3.5,{e:$f,g:[]}])@h(i:"j")...K...on L{m}...{n}...@o{p}}fragment K on Q{r}',
];
