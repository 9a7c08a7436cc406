using System.Text.Json;

namespace QualityIngest.Api.Tests.Security;

/// <summary>A valid request of every operation, about what the owner has. An operation that is missing here fails a test.</summary>
public static class Requests
{
    private const string JsonFile = """[{"conversation_id":"1","agent_id":"a","timestamp":"2026-01-01T00:00:00Z","messages":[{"role":"agent","content":"Hi","timestamp":"2026-01-01T00:00:00Z"}]}]""";

    /// <summary>The requests by the operations' names.</summary>
    public static IReadOnlyDictionary<string, Request> Of(Estate estate) =>
        new[] { Administration(estate), Directory(estate), Connectors(estate), Ingested(estate), Webhooks(estate) }
            .SelectMany(part => part).ToDictionary(request => request.Key, request => request.Value);

    private static Dictionary<string, Request> Directory(Estate estate) => new()
    {
        ["listQueues"] = new(),
        ["createQueue"] = Sends(new { name = "New" }) with { Strangers = ForStrangers.TheirOwn },
        ["getQueue"] = new(estate.Queue),
        ["replaceQueue"] = Sends(new { name = "Renamed" }, estate.Queue),
        ["deleteQueue"] = new(estate.SpareQueue),
        ["importQueues"] = new() { Body = "name\nNewer\n", MediaType = "text/csv", Strangers = ForStrangers.TheirOwn },
        ["listAgents"] = new(),
        ["createAgent"] = Sends(new { name = "New", email = "new@example.com" }) with { Strangers = ForStrangers.TheirOwn },
        ["getAgent"] = new(estate.Agent),
        ["replaceAgent"] = Sends(new { name = "Renamed", email = "ann@example.com" }, estate.Agent),
        ["deleteAgent"] = new(estate.SpareAgent),
        ["importAgents"] = new() { Body = "name,email\nCy,cy@example.com\n", MediaType = "text/csv", Strangers = ForStrangers.TheirOwn },
    };

    private static Dictionary<string, Request> Connectors(Estate estate) => new()
    {
        ["listConnectors"] = new(),
        ["createConnector"] = Sends(Connector("New")) with { Strangers = ForStrangers.TheirOwn },
        ["getConnector"] = new(estate.Connector),
        ["replaceConnector"] = Sends(Connector("Calls"), estate.Connector),
        ["deleteConnector"] = new(estate.SpareConnector),
        ["getConnectorPolicy"] = new(estate.Connector),
        ["enableConnector"] = new(estate.SpareConnector),
        ["disableConnector"] = new(estate.SpareConnector),
        ["testConnectorInput"] = Sends(Connector("Tested")) with { Strangers = ForStrangers.TheirOwn },
        ["testConnector"] = new(estate.Connector),
        ["getQueueMappings"] = new(estate.Connector),
        ["replaceQueueMappings"] = Sends(new { mappings = new[] { new { externalId = "Q2", queueId = estate.Queue } } }, estate.Connector),
        ["getSchedule"] = new(estate.Connector),
        ["setSchedule"] = Sends(new { kind = "interval", every = 1, unit = "hours" }, estate.Connector),
        ["removeSchedule"] = new(estate.Connector),
        ["getNotifications"] = new(estate.Connector),
        ["setNotifications"] = Sends(new { topicArn = "arn:aws:sns:eu-central-1:123456789012:topic" }, estate.Connector),
        ["removeNotifications"] = new(estate.Connector),
        ["rotateNotifications"] = new(estate.Connector),
        ["listScans"] = new(estate.Connector),
        ["startScan"] = new(estate.Connector),
        ["getScan"] = new(Estate.Scan),
        ["cancelScan"] = new(Estate.RunningScan),
        ["getUsage"] = new(),
        ["validateQualityCsv"] = new() { Body = "conversationId\n1\n", MediaType = "text/csv", Strangers = ForStrangers.TheirOwn },
        ["validateConversationJson"] = new() { Query = "name=a.json", Body = JsonFile, MediaType = "application/octet-stream", Strangers = ForStrangers.TheirOwn },
        ["validateFeed"] = new()
        {
            Query = "key=" + Uri.EscapeDataString("call_center_issues/version=1/format=csv/dt=2026-01-01/a.csv"),
            Body = "x\n",
            MediaType = "application/octet-stream",
            Strangers = ForStrangers.TheirOwn,
        },
    };

    private static Dictionary<string, Request> Ingested(Estate estate) => new()
    {
        ["listFiles"] = new(),
        ["getFile"] = new(Estate.File),
        ["listFileEvents"] = new(Estate.File),
        ["retryFile"] = new(Estate.File),
        ["retryFiles"] = Sends(new { connectorId = estate.Connector }) with { Strangers = ForStrangers.TheirOwn },
        ["listRejections"] = new(Estate.File),
        ["exportRejections"] = new(Estate.File),
        ["listBatches"] = new(),
        ["getBatch"] = new(Estate.Batch),
        ["confirmBatch"] = new(Estate.Snapshot),
        ["retryBatch"] = new(Estate.Batch),
        ["reimportBatches"] = new(estate.FeedConnector) { Query = "from=2026-01-01&to=2026-01-02" },
        ["listConversations"] = new(),
        ["getConversation"] = new(Estate.Conversation),
        ["getTranscript"] = new(Estate.Conversation),
        ["getMembers"] = new(Estate.Conversation),
        ["listRevisions"] = new(Estate.Conversation),
        ["listConversationEvents"] = new(Estate.Conversation),
        ["retryConversation"] = new(Estate.Conversation),
        ["retryConversations"] = Sends(new { connectorId = estate.Connector }) with { Strangers = ForStrangers.TheirOwn },
        ["eraseConversation"] = new(Estate.SpareConversation),
        ["exportConversations"] = new(),
        ["exportConversationTable"] = new(),
        ["getRecording"] = new(Estate.Conversation),
        ["streamRecording"] = new(Estate.Conversation, "stereo") { Refused = 409 },
        ["getWaveform"] = new(Estate.Conversation),
        ["drawWaveform"] = new(Estate.Conversation),
        ["listCallRecords"] = new(),
        ["getCallRecord"] = new(Estate.CallRecord),
        ["listSales"] = new(),
        ["getSale"] = new(Estate.Sale),
    };

    private static Dictionary<string, Request> Webhooks(Estate estate) => new()
    {
        ["listWebhookEndpoints"] = new(),
        ["createWebhookEndpoint"] = Sends(new { url = "https://new.example.com/", connectorIds = new[] { estate.Connector } }) with { Strangers = ForStrangers.Refused },
        ["getWebhookEndpoint"] = new(estate.Endpoint),
        ["replaceWebhookEndpoint"] = Sends(new { url = "https://other.example.com/" }, estate.Endpoint),
        ["deleteWebhookEndpoint"] = new(estate.SpareEndpoint),
        ["enableWebhookEndpoint"] = new(estate.SpareEndpoint),
        ["disableWebhookEndpoint"] = new(estate.SpareEndpoint),
        ["rotateWebhookSecret"] = Sends(new { }, estate.Endpoint),
        ["testWebhookEndpoint"] = new(estate.Endpoint),
        ["retryFailedDeliveries"] = Sends(new { since = "2026-01-01T00:00:00Z" }, estate.Endpoint),
        ["replayEvents"] = Sends(new { since = "2026-01-01T00:00:00Z" }, estate.Endpoint),
        ["listWebhookDeliveries"] = new(),
        ["getWebhookDelivery"] = new(estate.Delivery),
        ["retryWebhookDelivery"] = new(estate.Delivery),
        ["listEvents"] = new(),
        ["streamEvents"] = new(),
    };

    private static Dictionary<string, Request> Administration(Estate estate) => new()
    {
        ["listTenants"] = new(),
        ["createTenant"] = Sends(new { id = "another", name = "Another" }),
        ["getTenant"] = new(Estate.Owner),
        ["listServiceGrants"] = new(Estate.Owner),
        ["grantBucket"] = Sends(new { bucket = "another-bucket" }, Estate.Owner),
        ["revokeBucket"] = new(Estate.Owner, Estate.GrantedBucket),
        ["listTenantQuotas"] = new(Estate.Owner),
        ["setTenantQuota"] = Sends(new { bytesADay = 9_000_000 }, Estate.Owner, "conversation-json"),
        ["removeTenantQuota"] = new(Estate.Owner, "conversation-json"),
        ["listErasures"] = new(Estate.Owner),
        ["liftErasure"] = new(Estate.Owner, Estate.Erased),
        ["listApiKeys"] = new(),
        ["getApiKey"] = new(estate.Key),
        ["createApiKey"] = Sends(new { name = "New", tenant = Estate.Owner, scopes = new[] { "connectors:read" } }),
        ["revokeApiKey"] = new(estate.Key),
        ["listAudit"] = new(),
        ["listDeadLetters"] = new(),
        ["retryDeadLetters"] = Sends(new { ids = new[] { estate.DeadLetter } }),
    };

    private static object Connector(string name) => new
    {
        name,
        format = "quality-csv",
        revisionPolicy = "revise",
        source = new
        {
            region = "eu-central-1",
            paths = new { kind = "unified", path = $"s3://bucket/{name}/" },
            credentials = new { kind = "accessKeys", accessKeyId = "AKIAEXAMPLE", secretAccessKey = "a-secret-access-key" },
        },
    };

    private static Request Sends(object body, params object[] path) => new(path) { Body = JsonSerializer.Serialize(body) };
}
