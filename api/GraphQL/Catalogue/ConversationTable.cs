using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>Conversations: what the product is about.</summary>
internal static class ConversationTable
{
    public const string Type = "Conversation";

    // What was withdrawn or erased is there no more.
    private const string Shown = "{t}.status not in ('withdrawn', 'erased')";

    public static void Declare(CatalogueBuilder c, Words words) => c.Table(Type, "A conversation between a customer and the company.", "qi.conversations", t =>
    {
        t.NodeKey("id").Where(Shown).DefaultOrder("STARTED_AT_DESC");
        Identity(t, words);
        Times(t);
        Outcome(t);
        t.Object("metrics", "ConversationMetrics", "A conversation's numbers. Each is null where the source cannot tell.", "{t}.duration_ms is null", MetricColumns.Declare);
        Relations(t, words);
        t.Search(
            "search", Scalars.String, "{t}.id in (select qi.search_transcripts({value}))",
            "Those in which these words were said, in any order: `refund invoice`. `\"…\"` is a phrase, `or` an alternative, `-` excludes. Case and accents do not matter. At most 1,000 characters are read.")
            .Requires(Scopes.TranscriptsRead);
        t.Search(
            "attribute", Scalars.String, "{t}.id in (select qi.search_attributes({value}))",
            "Those whose `members` hold this value: `user_data.plan=gold`, the names of the path joined by dots. Case and accents do not matter.")
            .Requires(Scopes.TranscriptsRead);
    });

    private static void Identity(TableBuilder t, Words words)
    {
        t.Text("externalId", "external_id", "The source's own id.").NotNull().Filter();
        t.Text("namespace", "namespace", "The namespace of external ids that it belongs to.").NotNull().Filter();
        t.Int("revision", "revision", "The current revision, from 1: it rises when the source says something else.").NotNull().Filter();
        t.Enum("status", "status", words.ConversationStatus, "Where it stands.").NotNull().Filter().Dimension();
        t.Enums(
            "holds",
            "array_remove(array[case when {t}.hold_counterpart then 'counterpart' end, case when {t}.hold_queue then 'queue' end, case when {t}.hold_agent then 'agent' end], null)",
            words.HoldReason, "What it waits for; empty unless held.").NotNull();
        t.Enum("channel", "channel", words.Channel, "How the parties spoke.").NotNull().Filter().Dimension();
        t.Enum("recordingType", "recording_type", words.RecordingType, "What the source provides.").NotNull().Filter().Dimension();
        t.Enum("analyticsLevel", "analytics_level", words.AnalyticsLevel, "How much can be told.").NotNull().Filter().Dimension();
        t.Text("language", "language", "The language's BCP 47 tag: `en-US`.").NotNull().Filter().Dimension();
        t.Text("languageBase", "language_base", "The language without region and script: `en`.").NotNull().Filter().Dimension();
        t.Text("externalQueueId", "external_queue_id", "The source's queue id.").Filter().Dimension();
        t.Text("agentEmail", "agent_email", "The agent's e-mail, as the source has it.").Filter();
        t.Text("externalAgentId", "external_agent_id", "The source's own id of the agent.").Filter().Dimension();
        t.Uuid("connectorId", "connector_id", "The connector that brought the current revision.").NotNull().Filter();
        t.Uuid("fileId", "file_id", "The file that holds the current revision's row.").NotNull().Filter();
        t.Uuid("queueId", "queue_id", "The queue that the source's is mapped to.").Filter();
        t.Uuid("agentId", "agent_id", "The agent.").Filter();
        t.Long("line", "line", "The row's line in its file, or its number in the order of all rows.").NotNull();
        t.Object("place", "ConversationPlace", "Where a row stands, in files of members, lines or elements.", PlaceColumns.NullWhen, PlaceColumns.Declare);
    }

    private static void Times(TableBuilder t)
    {
        t.Time("startedAt", "started_at", "When it began.").NotNull().Filter().Order().TimeDimension();
        t.Time("endedAt", "ended_at", "When it ended.").NotNull().Filter();
        t.Time("receivedAt", "received_at", "When it was first stored.").NotNull().Filter().Order();
        t.Time("updatedAt", "updated_at", "When its last event happened.").NotNull().Filter();
        t.Time("completedAt", "completed_at", "When its current revision became whole.").Filter();
        t.Time("heldAt", "held_at", "Since when it has been waiting; null unless held.").Filter();
    }

    private static void Outcome(TableBuilder t)
    {
        t.Boolean("isResolved", "is_resolved", "Whether the matter was settled, where the source tells.").Filter().Dimension();
        t.Float("csatScore", "csat_score", "The customer's score, where the source tells.").Filter().Order("startedAt").Metric();
        t.Texts("warnings", "warnings", "Codes of what was assumed or ignored.").NotNull();
        t.Text("errorCode", "error_code", "Why it failed, as a stable word.").Filter().Dimension();
        t.Text("errorDetail", "error_detail", "The same for people.");
        t.Boolean("retryable", "retryable", "Whether a retry can help.").NotNull().Filter();
        t.Long("version", "version", "Rises with every event; its ETag in the REST API.").NotNull();
    }

    private static void Relations(TableBuilder t, Words words)
    {
        t.One("connector", ConnectorTable.Type, "connector_id", "The connector that brought the current revision.").FilterBy("name", "format").Dimension();
        t.One("file", FileTable.Type, "file_id", "The file that holds the current revision's row.").FilterBy("key");
        t.One("queue", DirectoryTables.Queue, "queue_id", "The queue that it was in.").FilterBy("name").Dimension();
        t.One("agent", DirectoryTables.Agent, "agent_id", "The agent who spoke.").FilterBy("name", "email", "externalId").Dimension();
        MessageTable.DeclareIn(t, words);
        t.Json("members", MemberText, "What the record says beside its messages, exactly as it came; null: nothing, or its format has none.").Requires(Scopes.TranscriptsRead);
        t.Many("callRecords", CallRecordTable.Type, $"{{t}}.tenant_id = {{p}}.tenant_id and {{t}}.namespace = {{p}}.namespace and {{t}}.external_id = {{p}}.external_id and {Alone("{p}")}",
            "The call records of its external id; none where other conversations share that.").Plain();
        t.Many("sales", SaleTable.Type, $"{{t}}.tenant_id = {{p}}.tenant_id and {{t}}.namespace = {{p}}.namespace and {{t}}.issue_id = {{p}}.external_id and {Alone("{p}")}",
            "The sales that are attributed to it; none where other conversations share its external id.").Plain();
        t.Many("revisions", RevisionTable.Type, "{t}.conversation_id = {p}.id and {t}.tenant_id = {p}.tenant_id", "Its revisions, latest first.").Plain();
    }

    /// <summary>No other conversation has this one's external id: what says that id alone belongs to it.</summary>
    public static string Alone(string conversation) =>
        $$"""
        not exists (select from qi.conversations o where o.tenant_id = {{conversation}}.tenant_id and o.namespace = {{conversation}}.namespace
            and o.external_id = {{conversation}}.external_id and o.id <> {{conversation}}.id and o.status not in ('withdrawn', 'erased'))
        """;

    private const string MemberText =
        "(select c.members from qi.conversation_contents c where c.tenant_id = {t}.tenant_id and c.conversation_id = {t}.id and c.revision = {t}.revision)";
}
