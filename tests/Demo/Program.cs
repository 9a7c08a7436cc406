using System.Runtime.InteropServices;
using System.Security.Cryptography;
using QualityIngest.Client;
using QualityIngest.Demo;
using QualityIngest.Samples;
using QualityIngest.Samples.Feeds;
using QualityIngest.Samples.Json;
using QualityIngest.TestKit;
using QualityIngest.TestKit.S3;

if (args is not ([] or ["--once"] or ["s3"]))
{
    Console.Error.WriteLine("Usage: ./dev demo [--once], or ./dev s3");
    return 2;
}

if (S3Server.Unavailable() is { } reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

using var ended = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
Screen.Prepare();
try
{
    var server = await S3Server.Shared();
    if (args is ["s3"])
    {
        Console.WriteLine($"endpoint={server.Endpoint}\nregion={S3Server.Region}\naccess_key={server.AccessKey}\nsecret_key={server.SecretKey}");
        await Serve();
        return 0;
    }

    var adminKey = "demo_" + Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
    await using var api = await ApiProcess.Start(new Dictionary<string, string>
    {
        ["Admin__ApiKey"] = adminKey,
        ["Outbound__Allow__0"] = new Uri(server.Endpoint).Authority,
        // A refresh by hand is for people; this one is told apart by a second.
        ["Ingest__RefreshCooldown"] = "00:00:01",
    }, ended.Token);

    try
    {
        var product = await Product.Join(api.Address, adminKey);
        var story = new Story(product, api.Address, server, SampleBucket.Generate(seed: 1, SampleSize.Demo));
        var differences = await story.Tell(ended.Token);
        var client = QualityIngestClient.Connect(api.Address, product.ApiKey);
        var chats = new ChatSource(client, server, SampleChats.Generate(seed: 1, perFile: 12));
        differences = [.. differences, .. await chats.Tell(ended.Token)];
        var feeds = new FeedSource(client, server, SampleFeeds.Generate(seed: 1, calls: 12));
        differences = [.. differences, .. await feeds.Tell(ended.Token)];
        Screen.Chapter(differences is [] ? "All as expected" : "Not as expected");
        foreach (var difference in differences)
            Screen.Say($"{difference}");
        if (args is not ["--once"])
        {
            Instructions.Show(api.Address, adminKey, product, story.Call);
            await Serve();
        }

        return differences is [] ? 0 : 1;
    }
    catch (QualityIngestException refused)
    {
        Console.Error.WriteLine($"{refused.Message}\n\nThe API said last:\n{string.Join('\n', api.Log.TakeLast(20))}");
        return 1;
    }
}
catch (OperationCanceledException) when (ended.IsCancellationRequested)
{
    return 130;
}

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ended.Cancel();
}

Task Serve() => Task.Delay(Timeout.InfiniteTimeSpan, ended.Token).ContinueWith(_ => { }, TaskScheduler.Default);
