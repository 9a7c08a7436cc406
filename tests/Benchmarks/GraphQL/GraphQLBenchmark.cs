using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using QualityIngest.TestKit;

namespace QualityIngest.Benchmarks.GraphQL;

/// <summary>
/// A page of 50 conversations with queue, agent, numbers and 20 messages each, and figures over 200,000 conversations: requests a
/// second of <c>/graphql</c>, and of an endpoint in the same process that runs the same question as hand-written SQL, under the
/// same role and transaction. Rounds are interleaved.
/// </summary>
internal sealed class GraphQLBenchmark(int conversations, int rounds, TimeSpan span, int clients)
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "Benchmarks", "GraphQL");

    /// <summary>Runs it and prints the figures; throws where the two do not answer the same.</summary>
    /// <param name="explain">Whether the plans of the hand-written statements are written beside them.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task Run(bool explain, CancellationToken cancel)
    {
        var from = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Contest[] contests =
        [
            new("Page", new("/bare/page", Read("Page.sql"), 50, 20), Read("Page.graphql"), new { first = 50, messages = 20 }),
            new("Statistics", new("/bare/statistics", Read("Statistics.sql"), from), Read("Statistics.graphql"), new { from }),
        ];
        await using var postgres = await TestPostgres.Start();
        var database = await TestDatabase.On(postgres);
        await using (var rows = database.Source.CreateCommand(Read("Rows.sql").Replace("$CONVERSATIONS", $"{conversations}", StringComparison.Ordinal)))
        {
            rows.CommandTimeout = 0;
            await rows.ExecuteNonQueryAsync(cancel);
        }

        await using var host = await GraphQLHost.Start(database, [.. contests.Select(c => c.Bare)], cancel);
        foreach (var contest in contests)
        {
            await RequireEqual(host.Client, contest, cancel);
            if (explain)
                await File.WriteAllTextAsync(Path.Combine(Folder, $"{contest.Name}.explain.txt"), await contest.Bare.Explain(database.Postgres, cancel), cancel);
        }

        Console.WriteLine($"{conversations:N0} conversations, {clients} clients, rounds of {span.TotalSeconds:0} s, {Environment.ProcessorCount} cores");
        Console.WriteLine("query      | round |  bare SQL/s | /graphql/s | ratio");
        foreach (var contest in contests)
        {
            var ratios = new List<double>();
            for (var round = 0; round <= rounds; round++)
            {
                var bare = await Rate(() => host.Client.GetAsync(contest.Bare.Path, HttpCompletionOption.ResponseHeadersRead, cancel), cancel);
                var asked = await Rate(() => Ask(host.Client, contest, cancel), cancel);
                if (round > 0)
                    ratios.Add(asked / bare);
                Console.WriteLine($"{contest.Name,-10} | {(round == 0 ? "warm" : round),5} | {bare,11:0.0} | {asked,10:0.0} | {asked / bare,5:0.00}");
            }

            Console.WriteLine($"{contest.Name}: median {ratios.Order().ElementAt(ratios.Count / 2):0.00} of the bare endpoint");
        }
    }

    private async Task<double> Rate(Func<Task<HttpResponseMessage>> request, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            var count = 0;
            while (clock.Elapsed < span)
            {
                using var answer = await request();
                answer.EnsureSuccessStatusCode();
                await answer.Content.CopyToAsync(Stream.Null, cancel);
                count++;
            }

            return count;
        }));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static Task<HttpResponseMessage> Ask(HttpClient client, Contest contest, CancellationToken cancel) =>
        client.SendAsync(
            new(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = contest.Query, variables = contest.Variables }) },
            HttpCompletionOption.ResponseHeadersRead, cancel);

    private static async Task RequireEqual(HttpClient client, Contest contest, CancellationToken cancel)
    {
        var bare = JsonNode.Parse(await client.GetStringAsync(contest.Bare.Path, cancel));
        using var answer = await Ask(client, contest, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!JsonNode.DeepEquals(JsonNode.Parse(text)?["data"], bare))
            throw new InvalidOperationException($"{contest.Name} is answered differently:\n{text[..Math.Min(2_000, text.Length)]}\n{bare!.ToJsonString()[..2_000]}");
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private sealed record Contest(string Name, BareStatement Bare, string Query, object Variables);
}
