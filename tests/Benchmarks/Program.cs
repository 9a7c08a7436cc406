using QualityIngest.Benchmarks.EventAppend;

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
        return 0;
    default:
        Console.Error.WriteLine("usage: benchmarks events");
        return 2;
}
