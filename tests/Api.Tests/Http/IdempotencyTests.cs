using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QualityIngest.Api.Http.Repeats;
using QualityIngest.Client;
using QualityIngest.Database;
using QualityIngest.Domain.Idempotency;

namespace QualityIngest.Api.Tests.Http;

public sealed class IdempotencyTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task A_repeated_call_gets_its_first_answer_and_is_not_carried_out_again()
    {
        var tenant = await host.NewTenant();
        using var first = await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""");
        using var again = await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Equal(first.Content.Headers.ContentType, again.Content.Headers.ContentType);
        Assert.False(first.Headers.Contains(Idempotency.Replayed));
        Assert.Equal("true", again.Headers.GetValues(Idempotency.Replayed).Single());
        Assert.Single((await tenant.Client.ListQueuesAsync()).Items);
    }

    [SkippableFact]
    public async Task An_answer_without_a_body_is_repeated_too_and_on_every_node()
    {
        var tenant = await host.NewTenant();
        await using var other = new SecondNode(host.Database);
        await other.Host.InitializeAsync();
        using var first = await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""");
        using var again = await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""", other.Host);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.True(again.Headers.Contains(Idempotency.Replayed));
    }

    [SkippableTheory]
    [InlineData("v1/queues", """{"name":"Service"}""")]
    [InlineData("v1/queues", """{"name": "Sales"}""")]
    [InlineData("v1/agents", """{"name":"Sales"}""")]
    public async Task A_key_stands_for_one_call(string path, string body)
    {
        var tenant = await host.NewTenant();
        (await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""")).Dispose();

        await Refused(await Post(tenant.Secret, "k-1", path, body), HttpStatusCode.UnprocessableEntity, "idempotency_mismatch");
    }

    [SkippableFact]
    public async Task A_refusal_is_not_kept()
    {
        var tenant = await host.NewTenant();
        await Refused(await Post(tenant.Secret, "k-1", "v1/queues", """{"name":""}"""), HttpStatusCode.UnprocessableEntity, "invalid");
        await Refused(await Post(tenant.Secret, "k-1", "v1/queues", """{"nam":"Sales"}"""), HttpStatusCode.BadRequest, "unknown_member");

        using var mended = await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""");
        Assert.Equal(HttpStatusCode.Created, mended.StatusCode);
    }

    [SkippableFact]
    public async Task While_a_call_is_carried_out_its_repetition_waits()
    {
        var tenant = await host.NewTenant();
        Task<HttpResponseMessage> first;
        await using (await Hold())
        {
            first = Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""");
            await Claimed(tenant);
            using var meanwhile = await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""");
            Assert.Equal(TimeSpan.FromSeconds(1), meanwhile.Headers.RetryAfter?.Delta);
            await Refused(meanwhile, HttpStatusCode.Conflict, "idempotency_in_flight");
        }

        Assert.Equal(HttpStatusCode.Created, (await first).StatusCode);
        Assert.Single((await tenant.Client.ListQueuesAsync()).Items);
    }

    [SkippableFact]
    public async Task A_caller_that_goes_away_finds_the_answer_when_it_comes_back()
    {
        var tenant = await host.NewTenant();
        using var patience = new CancellationTokenSource();
        await using (await Hold())
        {
            var first = Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""", cancel: patience.Token);
            await Claimed(tenant);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        }

        HttpResponseMessage? again = null;
        await Eventually.Holds(async () =>
            (again = await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""")).StatusCode != HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.Created, again!.StatusCode);
        Assert.True(again.Headers.Contains(Idempotency.Replayed));
        Assert.Single((await tenant.Client.ListQueuesAsync()).Items);
    }

    [SkippableFact]
    public async Task What_a_dead_node_left_unanswered_is_carried_out_once_its_claim_has_run_out()
    {
        var tenant = await host.NewTenant();
        using var body = new MemoryStream("""{"name":"Sales"}"""u8.ToArray());
        var call = await RepeatableCall.Of(tenant.Id, "k-1", "POST /v1/queues", null, body, CancellationToken.None);
        var dead = Assert.IsType<CallStanding.Claimed>(await Answers.Claim(call, CancellationToken.None));
        await Refused(await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}"""), HttpStatusCode.Conflict, "idempotency_in_flight");

        await Sql("update idempotency_keys set lease_until = clock_timestamp() where tenant_id = $1", tenant.Id);
        using var retried = await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""");
        Assert.Equal(HttpStatusCode.Created, retried.StatusCode);
        Assert.False(await Answers.Keep(call, dead.Claim, new KeptAnswer(200, false, null, null, null, null), CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_secret_is_shown_once_and_kept_nowhere()
    {
        var tenant = await host.NewTenant();
        var body = $$"""{"name":"Reader","tenant":"{{tenant.Id}}","scopes":["connectors:read"]}""";
        using var first = await Post(ApiHost.AdminKey, "secret-1", "v1/admin/keys", body);
        var secret = (await first.Content.ReadFromJsonAsync<IssuedApiKey>())!.Secret;

        await Refused(await Post(ApiHost.AdminKey, "secret-1", "v1/admin/keys", body), HttpStatusCode.Conflict, "secret_already_shown");
        Assert.Equal(0, await Sql<long>(
            "select count(*) from idempotency_keys k where k::text like '%' || $1 || '%' or position(convert_to($1, 'UTF8') in coalesce(body, '')) > 0", secret));
        Assert.Equal(2, (await host.Admin.ListApiKeysAsync(tenant.Id)).Items.Count);
    }

    [SkippableFact]
    public async Task Tenants_and_administrators_do_not_share_keys()
    {
        var (one, two) = (await host.NewTenant(), await host.NewTenant());
        var id = "t-" + Guid.NewGuid().ToString("n");
        (await Post(one.Secret, "shared", "v1/queues", """{"name":"Sales"}""")).Dispose();
        using var other = await Post(two.Secret, "shared", "v1/queues", """{"name":"Sales"}""");
        using var admin = await Post(ApiHost.AdminKey, "shared", "v1/admin/tenants", $$"""{"id":"{{id}}","name":"Test"}""");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (other.StatusCode, admin.StatusCode));
        Assert.False(other.Headers.Contains(Idempotency.Replayed));
        Assert.Single((await two.Client.ListQueuesAsync()).Items);
    }

    [SkippableFact]
    public async Task After_its_time_a_key_is_free_and_what_has_expired_goes()
    {
        var tenant = await host.NewTenant();
        (await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}""")).Dispose();
        (await Post(tenant.Secret, "k-2", "v1/queues", """{"name":"Service"}""")).Dispose();
        Assert.InRange(
            await Sql<double>("select extract(epoch from min(expires_at - created_at))::float8 from idempotency_keys where tenant_id = $1", tenant.Id), 86_399, 86_401);
        await Sql("update idempotency_keys set expires_at = clock_timestamp() where tenant_id = $1", tenant.Id);

        await Refused(await Post(tenant.Secret, "k-1", "v1/queues", """{"name":"Sales"}"""), HttpStatusCode.Conflict, "queue_name_taken");
        Assert.Equal(0, await Sql<long>("select count(*) from idempotency_keys where tenant_id = $1", tenant.Id));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData(null)]
    public async Task A_key_is_one_short_visible_word(string? key)
    {
        var tenant = await host.NewTenant();
        await Refused(
            await Post(tenant.Secret, key ?? new string('k', 256), "v1/queues", """{"name":"Sales"}"""), HttpStatusCode.BadRequest, "invalid_idempotency_key");
        using var longest = await Post(tenant.Secret, new string('k', 255), "v1/queues", """{"name":"Sales"}""");
        Assert.Equal(HttpStatusCode.Created, longest.StatusCode);
    }

    [SkippableFact]
    public async Task An_import_is_repeated_like_any_call_and_validation_and_reading_do_not_care()
    {
        var tenant = await host.NewTenant();
        using var first = await Post(tenant.Secret, "k-1", "v1/agents/import", "name,email\nAda,ada@example.com\n", type: "text/csv");
        using var again = await Post(tenant.Secret, "k-1", "v1/agents/import", "name,email\nAda,ada@example.com\n", type: "text/csv");
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.True(again.Headers.Contains(Idempotency.Replayed));

        for (var i = 0; i < 2; i++)
        {
            using var validated = await Post(tenant.Secret, "k-1", "v1/formats/quality-csv/validate", "conversationId\n", type: "text/csv");
            Assert.Equal(HttpStatusCode.OK, validated.StatusCode);
            Assert.False(validated.Headers.Contains(Idempotency.Replayed));
        }

        using var http = host.Http(tenant.Secret);
        http.DefaultRequestHeaders.Add(Idempotency.Header, "k-1");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("v1/queues")).StatusCode);
    }

    [SkippableFact]
    public void Every_post_takes_a_key_unless_repeating_it_changes_nothing()
    {
        var posts = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal)
                && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .ToList();

        Assert.Equal(
            ["/v1/connectors/{id:guid}/notifications/{token}", "/v1/formats/conversation-json/validate", "/v1/formats/feeds/validate", "/v1/formats/quality-csv/validate"],
            posts.Where(post => post.Metadata.GetMetadata<IdempotencyMetadata>() is null).Select(post => post.RoutePattern.RawText!).Order(StringComparer.Ordinal));
        foreach (var post in posts)
        {
            var shows = post.Metadata.OfType<Microsoft.AspNetCore.Http.Metadata.IProducesResponseTypeMetadata>()
                .Any(answer => answer.StatusCode < 300 && answer.Type?.GetProperty("Secret") is not null);
            Assert.True(!shows || post.Metadata.GetMetadata<IdempotencyMetadata>() is { ShowsSecret: true }, $"{post.DisplayName} shows a secret: ShowsSecret().");
        }
    }

    private KeptAnswers Answers => host.Services.GetRequiredService<KeptAnswers>();

    private Task Claimed(TestTenant tenant) =>
        Eventually.Holds(async () => await Sql<long>("select count(*) from idempotency_keys where tenant_id = $1", tenant.Id) == 1);

    /// <summary>Keeps queues from being written until it is disposed of.</summary>
    private async Task<NpgsqlConnection> Hold()
    {
        var connection = await host.Database.Source.OpenConnectionAsync();
        await using var hold = new NpgsqlCommand("begin; lock table queues in share row exclusive mode", connection);
        await hold.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task<HttpResponseMessage> Post(
        string secret, string key, string path, string body, ApiHost? at = null, string type = "application/json", CancellationToken cancel = default)
    {
        var http = (at ?? host).Http(secret);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.TryAddWithoutValidation(Idempotency.Header, key);
        return await http.SendAsync(request, cancel);
    }

    private static async Task Refused(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        using (answer)
        {
            var problem = (await answer.Content.ReadFromJsonAsync<Problem>())!;
            Assert.Equal((status, code), (answer.StatusCode, problem.Code));
        }
    }

    private async Task<T?> Sql<T>(string sql, params object[] values)
    {
        await using var session = await host.Database.Postgres.System(CancellationToken.None);
        return await session.Scalar<T>(new Statement(sql, values), CancellationToken.None);
    }

    private async Task Sql(string sql, params object[] values)
    {
        await using var session = await host.Database.Postgres.System(CancellationToken.None);
        await session.Execute(new Statement(sql, values), CancellationToken.None);
        await session.Commit(CancellationToken.None);
    }

    private sealed class SecondNode(TestKit.TestDatabase database) : IAsyncDisposable
    {
        public ApiHost Host { get; } = new() { On = database };

        public async ValueTask DisposeAsync() => await Host.DisposeAsync();
    }
}
