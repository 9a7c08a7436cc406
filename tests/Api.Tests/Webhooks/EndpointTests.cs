using System.Net;
using System.Text.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Webhooks;

public sealed class EndpointTests(EndpointTests.Host host) : IClassFixture<EndpointTests.Host>
{
    [SkippableTheory]
    [InlineData("""{"url":""}""", "/url", "required")]
    [InlineData("""{"url":"hooks"}""", "/url", "invalid_url")]
    [InlineData("""{"url":"https://example.com/#part"}""", "/url", "invalid_url")]
    [InlineData("""{"url":"http://93.184.216.34/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"ftp://example.com/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://user:word@example.com/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://10.0.0.1/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://192.168.1.1/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://169.254.169.254/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://168.63.129.16/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://[fd00:ec2::254]/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://[::ffff:10.0.0.1]/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://2130706433/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://0177.0.0.1/"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://example.com./"}""", "/url", "url_refused")]
    [InlineData("""{"url":"https://example.com/","eventTypes":["scan.completed","nothing.happened"]}""", "/eventTypes/1", "unknown_event_type")]
    [InlineData("""{"url":"https://example.com/","eventTypes":[null]}""", "/eventTypes/0", "unknown_event_type")]
    [InlineData("""{"url":"https://example.com/","connectorIds":["018f0000-0000-7000-8000-000000000001"]}""", "/connectorIds/0", "unknown_connector")]
    [InlineData("""{"url":"https://example.com/","rate":0}""", "/rate", "out_of_range")]
    [InlineData("""{"url":"https://example.com/","rate":1001}""", "/rate", "out_of_range")]
    [InlineData("""{"url":"https://example.com/","headers":[{"name":"Host","value":"x"}]}""", "/headers/0/name", "invalid_header")]
    [InlineData("""{"url":"https://example.com/","headers":[{"name":"content-length","value":"1"}]}""", "/headers/0/name", "invalid_header")]
    [InlineData("""{"url":"https://example.com/","headers":[{"name":"Content-Encoding","value":"gzip"}]}""", "/headers/0/name", "invalid_header")]
    [InlineData("""{"url":"https://example.com/","headers":[{"name":"Webhook-Id","value":"x"}]}""", "/headers/0/name", "invalid_header")]
    [InlineData("""{"url":"https://example.com/","headers":[{"name":"Keep-Alive","value":"x"}]}""", "/headers/0/name", "invalid_header")]
    [InlineData("""{"url":"https://example.com/","headers":[{"name":"a b","value":"x"}]}""", "/headers/0/name", "invalid_header")]
    [InlineData("""{"url":"https://example.com/","headers":[{"name":"x","value":"a\r\nb"}]}""", "/headers/0/value", "invalid_characters")]
    [InlineData("""{"url":"https://example.com/","headers":[{"name":"x"}]}""", "/headers/0/value", "required")]
    [InlineData("""{"url":"https://example.com/","headers":[{"name":"x","value":"1"},{"name":"X","value":"2"}]}""", "/headers/1/name", "duplicate")]
    [InlineData("""{"url":"https://example.com/","headers":[null]}""", "/headers/0", "required")]
    [InlineData("""{"url":"https://example.com/","authentication":{"kind":"header","name":"webhook-signature","value":"x"}}""", "/authentication/name", "invalid_header")]
    [InlineData("""{"url":"https://example.com/","authentication":{"kind":"query","name":"key"}}""", "/authentication/value", "required")]
    [InlineData("""{"url":"https://example.com/","authentication":{"kind":"oauth2","tokenUrl":"https://10.0.0.1/t","clientId":"c","clientSecret":"s"}}""", "/authentication/tokenUrl", "url_refused")]
    [InlineData("""{"url":"https://example.com/","authentication":{"kind":"oauth2","tokenUrl":"https://example.com/t","clientId":"c"}}""", "/authentication/clientSecret", "required")]
    [InlineData("""{"url":"https://example.com/","certificate":{"certificate":"none"}}""", "/certificate/certificate", "invalid_certificate")]
    [InlineData("""{"url":"https://example.com/","authority":"none"}""", "/authority", "invalid_certificate")]
    public async Task A_field_that_breaks_its_rule_is_named(string body, string pointer, string code)
    {
        var tenant = await host.Tenant;
        using var http = host.Http(tenant.Secret);
        using var answer = await http.PostAsync("v1/webhooks/endpoints", new StringContent(body, null, "application/json"));

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(("#" + pointer, code), problem.RootElement.GetProperty("errors").EnumerateArray().Select(e => (e.GetProperty("pointer").GetString()!, e.GetProperty("code").GetString()!)));
    }

    [SkippableFact]
    public async Task Secrets_that_are_left_out_are_kept_on_the_same_host_and_asked_for_on_another()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var input = new WebhookEndpointInput { Url = receiver.Url, Headers = [new() { Name = "X-One", Value = "first" }], Authentication = new HeaderAuthentication { Name = "X-Key", Value = "second" } };
        var made = (await tenant.Client.CreateWebhookEndpointAsync(input)).Endpoint;
        Assert.Equal((null, null), (made.Headers.Single().Value, ((HeaderAuthentication)made.Authentication!).Value));

        var without = input with { Url = receiver.Url + "/more", Headers = [new() { Name = "x-one" }], Authentication = new HeaderAuthentication { Name = "X-Key" } };
        var replaced = await tenant.Client.ReplaceWebhookEndpointAsync(made.Id, QualityIngestClient.ETag(made.Version), without);
        await tenant.Client.TestWebhookEndpointAsync(made.Id);
        await WebhookHost.Arrived(receiver, 1);

        Assert.Equal(("first", "second"), (receiver.Received[0].Headers["x-one"], receiver.Received[0].Headers["x-key"]));
        var moved = await Answer.Refused(
            422, "invalid", () => tenant.Client.ReplaceWebhookEndpointAsync(made.Id, "*", without with { Url = "https://elsewhere.example/" }));
        Assert.Equal(["#/headers/0/value", "#/authentication/value"], moved.Errors!.Select(e => e.Pointer));
        await Answer.Refused(412, "stale_version", () => tenant.Client.ReplaceWebhookEndpointAsync(made.Id, QualityIngestClient.ETag(made.Version), input));
        await Answer.Refused(412, "stale_version", () => tenant.Client.DeleteWebhookEndpointAsync(made.Id, QualityIngestClient.ETag(made.Version)));
        Assert.Equal(made.Version + 1, replaced.Version);
        using var http = host.Http(tenant.Secret);
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await http.DeleteAsync($"v1/webhooks/endpoints/{made.Id}")).StatusCode);
    }

    [SkippableFact]
    public async Task However_many_are_made_at_once_a_tenant_has_no_more_than_its_limit()
    {
        var tenant = await host.NewTenant();
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await tenant.Client.CreateWebhookEndpointAsync(new() { Url = $"https://example.com/{i}" });
                return "made";
            }
            catch (QualityIngestException<Problem> refused)
            {
                return refused.Result.Code;
            }
        }));

        Assert.Equal(3, made.Count(m => m == "made"));
        Assert.Equal(5, made.Count(m => m == "too_many_endpoints"));
        var first = (await tenant.Client.ListWebhookEndpointsAsync()).Items[0];
        await tenant.Client.DeleteWebhookEndpointAsync(first.Id, "*");
        await tenant.Client.CreateWebhookEndpointAsync(new() { Url = "https://example.com/again" });
    }

    [SkippableFact]
    public async Task An_endpoint_is_its_tenants_alone_and_every_change_of_it_is_told_in_the_audit()
    {
        var (tenant, stranger) = (await host.NewTenant(), await host.NewTenant());
        var made = await tenant.Client.CreateWebhookEndpointAsync(new() { Url = "https://example.com/hooks?secret=word" });
        var id = made.Endpoint.Id;

        await Answer.Refused(404, "not_found", () => stranger.Client.GetWebhookEndpointAsync(id));
        await Answer.Refused(404, "not_found", () => stranger.Client.RotateWebhookSecretAsync(id, new()));
        await Answer.Refused(404, "not_found", () => stranger.Client.TestWebhookEndpointAsync(id));
        await Answer.Refused(404, "not_found", () => stranger.Client.DeleteWebhookEndpointAsync(id, "*"));
        await Answer.Refused(422, "invalid", () => tenant.Client.RotateWebhookSecretAsync(id, new() { Secret = "whsec_short" }));
        await tenant.Client.DisableWebhookEndpointAsync(id);
        await tenant.Client.RotateWebhookSecretAsync(id, new());
        await tenant.Client.DeleteWebhookEndpointAsync(id, "*");

        var rows = (await host.Admin.ListAuditAsync(tenant.Id)).Items.Where(row => row.ResourceId == id.ToString()).ToList();
        Assert.Equal(
            ["webhook_endpoint.deleted", "webhook_endpoint.secret_rotated", "webhook_endpoint.disabled", "webhook_endpoint.created"], rows.Select(row => row.Action));
        Assert.DoesNotContain("word", JsonSerializer.Serialize(rows), StringComparison.Ordinal);
        Assert.DoesNotContain("whsec", JsonSerializer.Serialize(rows), StringComparison.Ordinal);
    }

    /// <summary>A host where a tenant may have three endpoints.</summary>
    public sealed class Host : WebhookHost
    {
        private Task<TestTenant>? _tenant;

        /// <summary>A tenant that several tests use.</summary>
        public Task<TestTenant> Tenant => _tenant ??= NewTenant();

        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings =>
            new Dictionary<string, string?>(base.Settings) { ["Webhooks:EndpointsATenant"] = "3" };
    }
}
