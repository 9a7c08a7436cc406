using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL.Catalogue;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>The tenant's queues and agents.</summary>
internal static class DirectoryTables
{
    public const string Queue = "Queue", Agent = "Agent";

    public static void Declare(CatalogueBuilder c)
    {
        c.Table(Queue, "A queue that conversations end in. Connectors map the source's queue ids to it.", "qi.queues", t =>
        {
            t.NodeKey("id").DefaultOrder("CREATED_AT_ASC").Requires(Scopes.ConnectorsRead);
            t.Text("name", "name", "What people call it, unique in the tenant.").NotNull().Filter().Order();
            Stamps(t);
            t.Connection("conversations", ConversationTable.Type, "queue_id", "The conversations that were in it.");
        });
        c.Table(Agent, "An agent of the company, known by an e-mail address, an external id or both.", "qi.agents", t =>
        {
            t.NodeKey("id").DefaultOrder("CREATED_AT_ASC").Requires(Scopes.ConnectorsRead);
            t.Text("name", "name", "What people call the agent.").NotNull().Filter();
            t.Text("email", "email", "In lower case, unique in the tenant.").Filter();
            t.Text("externalId", "external_id", "The source's own id, unique in the tenant.").Filter();
            Stamps(t);
            t.Connection("conversations", ConversationTable.Type, "agent_id", "The conversations in which the agent spoke.");
        });
    }

    private static void Stamps(TableBuilder t)
    {
        t.Long("version", "version", "Rises with every change; its ETag in the REST API.").NotNull();
        t.Time("createdAt", "created_at", "When it was made.").NotNull().Filter().Order();
        t.Time("updatedAt", "updated_at", "When it was last changed.").NotNull().Filter();
    }
}
