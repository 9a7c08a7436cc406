using QualityIngest.Domain.Tenants;
using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>Call records, as the feeds that are shown have them.</summary>
internal static class CallRecordTable
{
    public const string Type = "CallRecord";

    public static void Declare(CatalogueBuilder c) => c.Table(Type, "What a call centre's system recorded of a call.", "qi.visible_call_records", t =>
    {
        t.NodeKey("id").DefaultOrder("CALL_START_DESC");
        t.Text("externalId", "external_id", "The source's id of the call, by which it belongs to a conversation.").Filter();
        t.Text("namespace", "namespace", "The namespace of external ids that it belongs to.").NotNull().Filter();
        t.Text("customerId", "customer_id", "The customer.").NotNull().Filter();
        t.Text("customerType", "customer_type", "The kind of customer.").Filter();
        Call(t);
        Routing(t);
        Survey(t);
        // What people said or wrote may be among them.
        t.Json("lists", "lists", "Columns for which the connector names a delimiter: each column's texts.").Requires(Scopes.TranscriptsRead);
        FeedRowColumns.Declare(t);
        t.One(
            "conversation", ConversationTable.Type,
            $"{{t}}.tenant_id = {{p}}.tenant_id and {{t}}.namespace = {{p}}.namespace and {{t}}.external_id = {{p}}.external_id and {ConversationTable.Alone("{t}")}",
            "The conversation that it is about; null: it has not come, or several have its external id.");
    });

    private static void Call(TableBuilder t)
    {
        t.Time("callStart", "call_start", "When the call began.").NotNull().Filter().Order().TimeDimension();
        t.Time("callEnd", "call_end", "When the call ended.").NotNull().Filter();
        t.Time("assignedAt", "call_assigned_to_agent", "When an agent took it.").Filter();
        t.Long("timeInQueue", "time_in_queue", "Time in the queue, as the source counts it.").Filter().Metric();
        t.Long("handleTime", "call_handle_time", "Handling time, as the source counts it.").Filter().Metric();
        t.Long("wrapTime", "call_wrap_time", "Time after the call, as the source counts it.").Filter().Metric();
        t.Text("dispositionCategory", "disposition_category", "What the agent filed it under.").Filter().Dimension();
        t.Text("dispositionNotes", "disposition_notes", "What the agent noted.").Requires(Scopes.TranscriptsRead);
        t.Text("transactionCompleted", "transaction_completed", "The transaction that was completed.").Filter();
        t.Decimal("callerAccountValue", "caller_account_value", "The worth of the caller's account.");
    }

    private static void Routing(TableBuilder t)
    {
        t.Text("tollFreeNumber", "toll_free_number", "The number that was called.").Filter();
        t.Text("ivrIntent", "ivr_intent", "What the caller wanted, as the voice menu understood it.").Filter().Dimension();
        t.Boolean("ivrResolved", "ivr_resolved", "Whether the voice menu settled it.").Filter().Dimension();
        t.Boolean("ivrAbandoned", "ivr_abandoned", "Whether the caller left in the voice menu.").Filter().Dimension();
        t.Text("agentQueue", "agent_queue_assigned", "The queue that it was assigned to.").Filter().Dimension();
        t.Boolean("queueAbandoned", "queue_abandoned", "Whether the caller left in the queue.").Filter().Dimension();
        t.Text("transfer", "transfer", "Whereto it was transferred.").Filter();
    }

    private static void Survey(TableBuilder t)
    {
        t.Boolean("surveyOffered", "survey_offered", "Whether a survey was offered.").Filter().Dimension();
        t.Boolean("surveyTaken", "survey_taken", "Whether it was taken.").Filter().Dimension();
        t.Text("surveyAnswer", "survey_answer", "What was answered.").Filter().Requires(Scopes.TranscriptsRead);
    }
}
