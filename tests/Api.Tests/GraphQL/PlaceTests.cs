using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.GraphQL.Serving;
using QualityIngest.Api.Tests.Ingest;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>However many queries there are, and however slowly their answers are read, others find a connection.</summary>
public sealed class PlaceTests(PlaceTests.Host host) : IClassFixture<PlaceTests.Host>
{
    private const string Asked = "{ queues { nodes { id name } } }";

    [SkippableFact]
    public async Task Queries_beyond_a_tenants_or_the_nodes_places_are_told_to_wait_and_nobody_else_is()
    {
        var busy = await host.NewTenant();
        using var busyHttp = host.Http(busy.Secret);
        using var secondHttp = host.Http((await host.NewTenant()).Secret);
        using var thirdHttp = host.Http((await host.NewTenant()).Secret);
        Task<HttpResponseMessage>[] waiting;
        await using (await LockedQueues.Take(host.Database))
        {
            waiting = [Ask(busyHttp), Ask(busyHttp), Ask(secondHttp)];
            await Arranged.Until(async () => await LockedQueues.Waiting(host.Database) == 3);

            await Refused(busyHttp, HttpStatusCode.TooManyRequests, "queriesATenant", 2);
            await Refused(thirdHttp, HttpStatusCode.ServiceUnavailable, "queriesANode", 3);
            Assert.Empty((await busy.Client.ListConnectorsAsync()).Items);
            using var ofNoDatabase = await Ask(busyHttp, "{ __typename }");
            Assert.Equal(HttpStatusCode.OK, ofNoDatabase.StatusCode);
        }

        foreach (var answer in await Task.WhenAll(waiting))
            Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("data", out _));
        await Arranged.Until(() => Task.FromResult(host.Places.Taken == 0));
        using var afterwards = await Ask(thirdHttp);
        Assert.Equal(HttpStatusCode.OK, afterwards.StatusCode);
    }

    [SkippableFact]
    public async Task A_client_that_reads_too_slowly_is_cut_off_and_its_connection_is_free_again()
    {
        var tenant = await host.NewTenant();
        await using (var command = host.Database.Source.CreateCommand(
            "insert into qi.queues (id, tenant_id, name) select gen_random_uuid(), $1, n || repeat('漢', 190) from generate_series(1, 100) n"))
        {
            command.Parameters.AddWithValue(tenant.Id);
            await command.ExecuteNonQueryAsync();
        }

        var names = string.Join(' ', Enumerable.Range(0, 15).Select(i => $"n{i}: name"));
        var query = $"{{ {string.Join(' ', Enumerable.Range(0, 15).Select(i => $"q{i}: queues(first: 100) {{ nodes {{ {names} }} }}"))} }}";
        using var connection = new TcpClient { ReceiveBufferSize = 4_096 };
        await connection.ConnectAsync(host.Address.Host, host.Address.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /graphql?query={Uri.EscapeDataString(query)} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nAuthorization: Bearer {tenant.Secret}\r\n\r\n"));
        var head = new byte[1_024];
        var read = await stream.ReadAsync(head);
        var text = Encoding.UTF8.GetString(head, 0, read);
        Assert.StartsWith("HTTP/1.1 200", text, StringComparison.Ordinal);
        var length = long.Parse(text.Split("Content-Length: ")[1].Split('\r')[0], CultureInfo.InvariantCulture);
        Assert.InRange(length, 10_000_000, 32_000_000);
        Assert.Equal(1, host.Places.Taken);

        await Arranged.Until(() => Task.FromResult(host.Places.Taken == 0));

        long rest = read;
        try
        {
            var buffer = new byte[65_536];
            while (await stream.ReadAsync(buffer) is > 0 and var more)
                rest += more;
        }
        catch (IOException)
        {
            // Cut off in the middle.
        }

        Assert.True(rest < length, "The whole answer was read.");
    }

    [Fact]
    public void Places_are_a_quarter_of_the_connections_and_never_more_for_a_tenant_than_for_all()
    {
        Assert.Equal((12, 8), Of(new(), 50));
        Assert.Equal((4, 4), Of(new(), 5));
        Assert.Equal((20, 8), Of(new() { QueriesANode = 20 }, 50));

        static (int, int) Of(QueryPlaceOptions options, int connections)
        {
            using var places = new QueryPlaces(Microsoft.Extensions.Options.Options.Create(options with { Wait = TimeSpan.Zero }), new() { MaxPoolSize = connections });
            return (Room(places, n => $"t-{n}"), Room(places, _ => "t"));
        }

        static int Room(QueryPlaces places, Func<int, string> tenant)
        {
            var taken = new List<IDisposable>();
            while (places.Take(tenant(taken.Count), CancellationToken.None).GetAwaiter().GetResult().Place is { } place)
                taken.Add(place);
            taken.ForEach(place => place.Dispose());
            return taken.Count;
        }
    }

    private static async Task<HttpResponseMessage> Ask(HttpClient client, string query = Asked) => await client.PostAsJsonAsync("graphql", new { query });

    private static async Task Refused(HttpClient client, HttpStatusCode status, string limit, int bound)
    {
        using var answer = await Ask(client);
        Assert.Equal((status, TimeSpan.FromSeconds(2)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        var extensions = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("extensions");
        Assert.Equal("LIMIT_EXCEEDED", extensions.GetProperty("code").GetString());
        Assert.Equal((limit, bound), (extensions.GetProperty("limit").GetProperty("name").GetString(), extensions.GetProperty("limit").GetProperty("bound").GetInt32()));
    }

    /// <summary>The API with three places, two of them for one tenant, that gives an answer a second to be read.</summary>
    public sealed class Host : ApiHost
    {
        /// <summary>Who has a place.</summary>
        public QueryPlaces Places => Services.GetRequiredService<QueryPlaces>();

        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["GraphQL:Limits:StatementTimeout"] = "00:10:00",
            ["GraphQL:Serving:QueriesANode"] = "3",
            ["GraphQL:Serving:QueriesATenant"] = "2",
            ["GraphQL:Serving:Wait"] = "00:00:00.100",
            ["GraphQL:Serving:Sending"] = "00:00:01",
        };
    }
}
