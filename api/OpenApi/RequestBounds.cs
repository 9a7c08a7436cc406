using System.Collections.Frozen;
using System.Globalization;
using Microsoft.OpenApi;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.OpenApi;

/// <summary>The bounds that the code refuses requests by, by schema and member.</summary>
internal static class RequestBounds
{
    private const string HeaderName = "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$";

    private static readonly FrozenDictionary<(string Schema, string Member), Action<OpenApiSchema>> All =
        new Dictionary<(string, string), Action<OpenApiSchema>>
        {
            [("NewTenant", "id")] = Text(1, 63, "^[a-z0-9][a-z0-9-]{0,62}$"),
            [("NewTenant", "name")] = Text(1, 200),
            [("NewServiceGrant", "bucket")] = Text(1, 255, "^[^/]+$"),
            [("TenantQuotaInput", "bytesADay")] = Number(1),
            [("NewApiKey", "name")] = Text(1, 200),
            [("NewApiKey", "scopes")] = List(1, 20, Words(Scopes.OfTenants.Concat(Scopes.OfAdministrators))),
            [("RetryDeadLettersInput", "ids")] = List(1, 1000, Number(long.MinValue)),
            [("QueueInput", "name")] = Text(1, 200),
            [("AgentInput", "name")] = Text(1, 200),
            [("AgentInput", "email")] = Text(0, 320),
            [("AgentInput", "externalId")] = Text(0, 200),
            [("ConnectorInput", "name")] = Text(1, 200),
            [("ConnectorInput", "format")] = Words(["quality-csv", "conversation-json", "feeds"]),
            [("ConnectorInput", "namespace")] = Text(0, 200),
            [("ConnectorInput", "defaultAgentEmail")] = Text(0, 320),
            [("SourceSettings", "region")] = Text(1, 64),
            [("SourceSettings", "endpoint")] = Text(0, 2000),
            [("SourceSettings", "stsEndpoint")] = Text(0, 2000),
            [("SourceSettings", "allowedBuckets")] = List(0, 100, Text(3, 63)),
            [("SourceSettings", "allowedHosts")] = List(0, 100, Text(1, 259)),
            [("UnifiedPath", "path")] = Text(3, 1093),
            [("SeparatePaths", "voicePath")] = Text(3, 1093),
            [("SeparatePaths", "chatPath")] = Text(3, 1093),
            [("AccessKeyCredentials", "accessKeyId")] = Text(1, 128),
            [("AccessKeyCredentials", "secretAccessKey")] = Text(0, 256),
            [("IamRoleCredentials", "roleArn")] = Text(1, 2048, @"^\s*arn:aws[a-z-]*:iam::([0-9]{12})?:role/[A-Za-z0-9_+=,.@/-]{1,512}\s*$"),
            [("FeedSettings", "kinds")] = Members(100),
            [("FeedSettings", "delimiters")] = Members(100, Text(1, 5)),
            [("QueueMappingsInput", "mappings")] = List(0, 1000),
            [("QueueMapping", "externalId")] = Text(1, 200),
            [("IntervalSchedule", "every")] = Number(1, 366 * 24 * 60),
            [("CronSchedule", "expression")] = Text(9, 120),
            [("CronSchedule", "timeZone")] = Text(1, 64, "^[A-Za-z0-9/_+-]+$"),
            [("NotificationAddressInput", "topicArn")] = Text(0, 400),
            [("RetryFilesInput", "code")] = Text(0, 100),
            [("RetryConversationsInput", "code")] = Text(0, 100),
            [("WebhookEndpointInput", "url")] = Text(1, 2000),
            [("WebhookEndpointInput", "description")] = Text(0, 500),
            [("WebhookEndpointInput", "eventTypes")] = List(0, 100, Text(1, 100, @"^[a-z_]+\.[a-z_]+$")),
            [("WebhookEndpointInput", "connectorIds")] = List(0, 100),
            [("WebhookEndpointInput", "headers")] = List(0, 20),
            [("WebhookEndpointInput", "rate")] = Number(1, 1000),
            [("WebhookEndpointInput", "authority")] = Text(0, 32_000),
            [("EndpointHeader", "name")] = Text(1, 100, HeaderName),
            [("EndpointHeader", "value")] = Text(1, 4000),
            [("HeaderAuthentication", "name")] = Text(1, 100, HeaderName),
            [("HeaderAuthentication", "value")] = Text(1, 4000),
            [("QueryAuthentication", "name")] = Text(1, 100),
            [("QueryAuthentication", "value")] = Text(1, 4000),
            [("OAuthAuthentication", "tokenUrl")] = Text(1, 2000),
            [("OAuthAuthentication", "clientId")] = Text(1, 500),
            [("OAuthAuthentication", "clientSecret")] = Text(1, 4000),
            [("OAuthAuthentication", "scope")] = Text(0, 1000),
            [("OAuthAuthentication", "audience")] = Text(0, 1000),
            [("ClientCertificate", "certificate")] = Text(1, 32_000),
            [("ClientCertificate", "privateKey")] = Text(1, 32_000),
            [("WebhookSecretInput", "secret")] = Text(38, 94, "^whsec_[A-Za-z0-9+/]+={0,2}$"),
            [("ReplayInput", "after")] = Text(3, 18, "^ev[0-9a-fA-F]{1,16}$"),
        }.ToFrozenDictionary();

    /// <summary>States a member's bounds, where a request has them.</summary>
    public static void Apply(string owner, string member, OpenApiSchema schema)
    {
        // The items of lists and maps come here too, under the name of what holds them.
        if (All.TryGetValue((owner, member), out var bound))
            bound(schema);
    }

    private static Action<OpenApiSchema> Text(int least, int most, string? pattern = null) => schema =>
    {
        if (schema.Type?.HasFlag(JsonSchemaType.String) != true)
            return;
        schema.MinLength = least == 0 ? null : least;
        schema.MaxLength = most;
        schema.Pattern = pattern ?? schema.Pattern;
    };

    private static Action<OpenApiSchema> Words(IEnumerable<string> words)
    {
        var known = words.ToList();
        return Text(known.Min(word => word.Length), known.Max(word => word.Length), $"^({string.Join('|', known)})$");
    }

    private static Action<OpenApiSchema> Number(long least, long most = long.MaxValue) => schema =>
    {
        if (schema.Type?.HasFlag(JsonSchemaType.Integer) != true)
            return;
        schema.Minimum = least.ToString(CultureInfo.InvariantCulture);
        schema.Maximum = most.ToString(CultureInfo.InvariantCulture);
    };

    private static Action<OpenApiSchema> List(int least, int most, Action<OpenApiSchema>? item = null) => schema =>
    {
        if (schema.Type?.HasFlag(JsonSchemaType.Array) != true)
        {
            item?.Invoke(schema);
            return;
        }

        schema.MinItems = least == 0 ? null : least;
        schema.MaxItems = most;
    };

    private static Action<OpenApiSchema> Members(int most, Action<OpenApiSchema>? value = null) => schema =>
    {
        if (schema.Type?.HasFlag(JsonSchemaType.Object) != true)
            value?.Invoke(schema);
        else
            schema.MaxProperties = most;
    };
}
