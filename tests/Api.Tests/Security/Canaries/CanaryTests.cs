using System.Text.Json;
using System.Text.Json.Nodes;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Security.Canaries;

/// <summary>A secret that is given to the API stays where it is sealed, whatever goes wrong with the call that has it.</summary>
public sealed class CanaryTests(CanaryHost host) : IClassFixture<CanaryHost>
{
    [SkippableFact]
    public async Task A_connectors_secret_is_nowhere_else()
    {
        var tenant = await host.NewTenant();
        using var http = host.Kept(tenant.Secret);
        await using var store = await EchoServer.Start("");
        var secret = Planted.New("a secret access key");
        var input = Connector(secret.Text, store.Url.TrimEnd('/'));

        var (status, created) = await CanaryHost.Send(http, "POST", "v1/connectors", input, repeat: "connector-1");
        Assert.Equal(201, status);
        var id = created.GetProperty("id").GetString();
        Assert.Equal(201, (await CanaryHost.Send(http, "POST", "v1/connectors", input, repeat: "connector-1")).Status);
        Assert.Equal(422, (await CanaryHost.Send(http, "POST", "v1/connectors", Connector(secret.Text + "2", store.Url.TrimEnd('/')), repeat: "connector-1")).Status);
        Assert.Equal(409, (await CanaryHost.Send(http, "POST", "v1/connectors", input)).Status);
        (string Method, string Path, string? Body)[] calls =
        [
            ("PUT", $"v1/connectors/{id}", input), ("GET", $"v1/connectors/{id}", null), ("GET", "v1/connectors", null), ("POST", "v1/connectors/test", input),
            ("POST", $"v1/connectors/{id}/test", null), ("GET", $"v1/connectors/{id}/policy", null), ("POST", $"v1/connectors/{id}/scans", null),
        ];
        foreach (var (method, path, body) in calls)
            Assert.InRange((await CanaryHost.Send(http, method, path, body)).Status, 200, 299);
        await Eventually.Holds(
            async () => (await tenant.Client.ListScansAsync(Guid.Parse(id!))).Items.All(scan => scan.Status != ScanStatus.Running), TimeSpan.FromSeconds(60));
        await CanaryHost.Send(http, "GET", $"v1/connectors/{id}");
        await CanaryHost.Send(http, "GET", $"v1/connectors/{id}/scans");

        await Eventually.Holds(() => Task.FromResult(host.Evidence.Traces.Any(span => span.StartsWith("work scan ", StringComparison.Ordinal))));
        await Nowhere(secret, new("a tenant's key", tenant.Secret));
    }

    [SkippableFact]
    public async Task What_cannot_be_read_is_not_repeated()
    {
        var tenant = await host.NewTenant();
        using var http = host.Kept(tenant.Secret);
        var secret = Planted.New("a secret in a body that cannot be read");
        string[] bodies =
        [
            secret.Text, $"\"{secret.Text}\"", $"[\"{secret.Text}\"]", $"{{\"name\":{secret.Text}}}", $"{{\"name\":\"{secret.Text}", Connector(secret.Text)[..^3],
            Changed("secretAccessKey", new JsonObject { ["value"] = secret.Text }), Changed("secretAccessKey", new JsonArray(secret.Text)),
            Changed("kind", secret.Text), Changed("accessKeyIdd", secret.Text), Changed("secretAccessKey", secret.Text + "\n" + new string('x', 300)),
            Connector(secret.Text).Replace("\"revise\"", $"\"{secret.Text}\"", StringComparison.Ordinal),
            Connector(secret.Text, $"https://user:{secret.Text}@s3.example.com"), Connector(secret.Text, "nothing"),
            $$$"""{"url":"https://user:{{{secret.Text}}}@hooks.example.com/","authentication":{"kind":"header","name":"X-Secret","value":"{{{secret.Text}}}"}}""",
            $$$"""{"url":"https://hooks.example.com/","rate":"{{{secret.Text}}}"}""",
            $$$"""{"url":"https://hooks.example.com/","authentication":{"kind":"{{{secret.Text}}}"}}""",
            $$$"""{"url":"https://hooks.example.com/","authentication":"{{{secret.Text}}}"}""",
            $$$"""{"url":"https://hooks.example.com/","authentication":{"kind":"header","name":"webhook-id","value":"{{{secret.Text}}}"}}""",
            $$$"""{"url":"https://hooks.example.com/","authentication":{"kind":"oauth2","tokenUrl":"https://u:{{{secret.Text}}}@x.example/","clientId":"c","clientSecret":"{{{secret.Text}}}é"}}""",
            $$$"""{"url":"https://hooks.example.com/","headers":[{"name":"X-Secret","value":["{{{secret.Text}}}"]}]}""",
            $$$"""{"url":"https://hooks.example.com/","certificate":{"certificate":"{{{secret.Text}}}","privateKey":"{{{secret.Text}}}"}}""",
            $$$"""{"name":"x","scopes":["{{{secret.Text}}}"],"expiresAt":"{{{secret.Text}}}"}""",
        ];
        foreach (var path in new[] { "v1/connectors", "v1/connectors/test", "v1/webhooks/endpoints" })
        {
            foreach (var body in bodies)
                Assert.InRange((await CanaryHost.Send(http, "POST", path, body)).Status, 400, 499);
        }

        using var administrator = host.Kept(ApiHost.AdminKey);
        foreach (var body in bodies)
            Assert.InRange((await CanaryHost.Send(administrator, "POST", "v1/admin/keys", body)).Status, 400, 499);

        await Nowhere(secret, new("a tenant's key", tenant.Secret));
    }

    [SkippableFact]
    public async Task A_key_is_shown_once()
    {
        var tenant = await host.NewTenant();
        using var administrator = host.Kept(ApiHost.AdminKey);
        var body = JsonSerializer.Serialize(new { name = "Shown", tenant = tenant.Id, scopes = new[] { "connectors:read" } });
        var repeat = Guid.NewGuid().ToString();
        var (_, issued) = await CanaryHost.Send(administrator, "POST", "v1/admin/keys", body, shows: true, repeat: repeat);
        var key = new Planted("a key", issued.GetProperty("secret").GetString()!);

        Assert.Equal(409, (await CanaryHost.Send(administrator, "POST", "v1/admin/keys", body, repeat: repeat)).Status);
        await CanaryHost.Send(administrator, "GET", "v1/admin/keys");
        await CanaryHost.Send(administrator, "GET", "v1/admin/audit");
        using var http = host.Kept(key.Text);
        Assert.Equal(200, (await CanaryHost.Send(http, "GET", "v1/connectors")).Status);
        Assert.Equal(403, (await CanaryHost.Send(http, "GET", "v1/conversations")).Status);
        await CanaryHost.Send(administrator, "POST", $"v1/admin/keys/{issued.GetProperty("key").GetProperty("id").GetString()}/revoke");
        Assert.Equal(401, (await CanaryHost.Send(http, "GET", "v1/connectors")).Status);
        var unknown = Planted.New("a key that is none");
        using (var nobody = host.Kept(unknown.Text))
            Assert.Equal(401, (await CanaryHost.Send(nobody, "GET", "v1/connectors")).Status);

        await Nowhere(key, unknown);
    }

    [SkippableFact]
    public async Task A_notifications_address_is_shown_to_those_who_set_it_up()
    {
        var tenant = await host.NewTenant();
        using var http = host.Kept(tenant.Secret);
        var (_, created) = await CanaryHost.Send(http, "POST", "v1/connectors", Connector("a-secret"));
        var path = $"v1/connectors/{created.GetProperty("id").GetString()}/notifications";
        var tokens = new List<Planted>();
        (string Method, string At, string? Repeat)[] calls = [("PUT", path, null), ("POST", path + "/rotate", "rotate-1")];
        foreach (var (method, at, repeat) in calls)
        {
            var (_, address) = await CanaryHost.Send(http, method, at, method == "PUT" ? "{}" : null, shows: true, repeat: repeat);
            tokens.Add(new("a notification's token", new Uri(address.GetProperty("url").GetString()!).Segments[^1]));
            Assert.InRange((await CanaryHost.Send(http, "POST", $"{path}/{tokens[^1].Text}", "{\"no\":\"message\"}")).Status, 400, 499);
        }

        Assert.Equal(409, (await CanaryHost.Send(http, "POST", path + "/rotate", repeat: "rotate-1")).Status);
        using var reader = host.Kept((await host.NewKey(tenant.Id, "connectors:read")).Secret);
        Assert.Equal(200, (await CanaryHost.Send(reader, "GET", path)).Status);

        await Nowhere([.. tokens]);
    }

    [SkippableFact]
    public async Task A_defect_tells_nothing_of_the_call_that_met_it()
    {
        var tenant = await host.NewTenant();
        using var http = host.Kept(tenant.Secret);
        var secret = Planted.New("a secret of a call that fails");
        await Execute("alter table audit rename to audit_elsewhere");
        try
        {
            Assert.InRange((await CanaryHost.Send(http, "POST", "v1/connectors", Connector(secret.Text))).Status, 500, 503);
            Assert.InRange((await CanaryHost.Send(http, "POST", "v1/webhooks/endpoints",
                JsonSerializer.Serialize(new { url = "https://hooks.example.com/", authentication = new { kind = "header", name = "X-Secret", value = secret.Text } }))).Status, 500, 503);
        }
        finally
        {
            await Execute("alter table audit_elsewhere rename to audit");
        }

        await Nowhere(secret, new("a tenant's key", tenant.Secret));
    }

    private async Task Nowhere(params Planted[] secrets)
    {
        using var administrator = host.Kept(ApiHost.AdminKey);
        foreach (var page in new[] { "metrics", "openapi/v1.json", "v1/admin/audit?limit=100", "v1/admin/work-items" })
            await CanaryHost.Send(administrator, "GET", page);
        Assert.Equal([], await host.Evidence.Of(host.Database, [.. secrets, .. host.Configured]));
    }

    private async Task Execute(string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Changed(string member, JsonNode value)
    {
        var connector = JsonNode.Parse(Connector("a-secret"))!;
        connector["source"]!["credentials"]![member] = value;
        return connector.ToJsonString();
    }

    private static string Connector(string secret, string? endpoint = null) => JsonSerializer.Serialize(new
    {
        name = "Calls",
        format = "quality-csv",
        revisionPolicy = "revise",
        source = new
        {
            region = "eu-central-1",
            endpoint,
            paths = new { kind = "unified", path = "s3://bucket/calls/" },
            credentials = new { kind = "accessKeys", accessKeyId = "AKIAEXAMPLE", secretAccessKey = secret },
        },
    });
}
