using QualityIngest.Audio;
using QualityIngest.Benchmarks.EventAppend;
using QualityIngest.Benchmarks.Feeds;
using QualityIngest.Benchmarks.GraphQL;
using QualityIngest.Benchmarks.Ingest;
using QualityIngest.Benchmarks.Json;
using QualityIngest.Benchmarks.Reads;
using QualityIngest.Benchmarks.Sound;
using QualityIngest.Benchmarks.Webhooks;

// The sound pool's children are this program, too.
if (args is [SoundWorker.Command, ..]) return SoundWorker.Run(args.AsSpan(1));

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

switch (args.FirstOrDefault())
{
    case "events":
        await EventAppendBenchmark.Run(AppendWorkload.Plain, stop.Token);
        await EventAppendBenchmark.Run(ProjectedWorkload.Conversations, stop.Token);
        return 0;
    case "ingest":
        await new IngestBenchmark(rows: 10_000, rounds: 3).Run(stop.Token);
        return 0;
    case "sound":
        await new SoundBenchmark(rounds: 31).Run(stop.Token);
        return 0;
    case "graphql":
        await new GraphQLBenchmark(conversations: 200_000, rounds: 5, TimeSpan.FromSeconds(5), clients: 4).Run(explain: args is [_, "explain"], stop.Token);
        return 0;
    case "reads":
        return await new ReadsBenchmark(rows: args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 500_000, rounds: 5, TimeSpan.FromSeconds(1), clients: 4)
            .Run(only: args.ElementAtOrDefault(1), stop.Token) ? 0 : 1;
    case "json":
        await new JsonBenchmark(conversations: args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 25_000, rounds: 3).Run(stop.Token);
        return 0;
    case "feeds":
        await new FeedsBenchmark(conversations: args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 50_000, rounds: 3).Run(stop.Token);
        return 0;
    case "webhooks":
        await new WebhooksBenchmark(messages: 10_000, rounds: 5, single: 200).Run(stop.Token);
        return 0;
    default:
        Console.Error.WriteLine("usage: benchmarks events | graphql [explain] | ingest | json [conversations] | feeds [conversations] | reads [list [rows]] | sound | webhooks");
        return 2;
}
