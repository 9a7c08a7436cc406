using QualityIngest.Database;

namespace QualityIngest.Domain.Feeds;

/// <summary>What a conversation is called, where no other of its namespace is called so.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="ExternalId">The source's own id.</param>
internal sealed record NamedConversation(string Namespace, string ExternalId)
{
    /// <summary>
    /// What a conversation that can be seen is called: what rows of feeds name to be joined to it. Null where there is no such
    /// conversation, or several are called so and rows are joined to none.
    /// </summary>
    public static Task<NamedConversation?> Find(Session session, Guid id, CancellationToken cancel) => session.First(
        new Statement(
            """
            select c.namespace, c.external_id
            from conversations c
            where c.id = $1 and c.status not in ('withdrawn', 'erased')
              and not exists (
                  select from (select id, namespace, status from conversations where tenant_id = c.tenant_id and external_id = c.external_id offset 0) o
                  where o.namespace = c.namespace and o.id <> c.id and o.status not in ('withdrawn', 'erased')
                  offset 0)
            """,
            id),
        row => new NamedConversation(row.GetString(0), row.GetString(1)), cancel);
}
