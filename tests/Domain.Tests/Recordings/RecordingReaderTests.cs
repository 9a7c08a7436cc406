using System.Text;
using Microsoft.AspNetCore.Http;
using QualityIngest.Audio;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Sources;
using QualityIngest.Domain.Tests.Sources;
using QualityIngest.TestKit;
using QualityIngest.TestKit.S3;
using static QualityIngest.Domain.Tests.Recordings.Sounds;
using Reading = QualityIngest.Domain.Tests.Sources.Reading;

namespace QualityIngest.Domain.Tests.Recordings;

/// <summary>Recordings are reached as every other locator is: by the connector's buckets, or by guarded HTTPS.</summary>
public sealed class RecordingReaderTests
{
    private const int Limit = 1_000;
    private static readonly SoundOutcome Stereo = new SoundMeasured(Of(1_000, Channel(1_000), Channel(1_000)));

    [SkippableTheory]
    [InlineData("in/audio/c-1.wav", "audio/c-1.wav")]
    [InlineData("audio/c-1.wav", "/audio/c-1.wav")]
    [InlineData("audio/c 1+2.wav", "s3://BUCKET/audio/c 1+2.wav")]
    [InlineData("audio/c 1.wav", "ENDPOINT/BUCKET/audio/c%201.wav?X-Amz-Signature=abc")]
    public async Task A_recording_is_measured_and_its_place_is_kept(string key, string locator)
    {
        await using var reading = await Start();
        await reading.Server.Put(reading.Bucket, key, "sound");
        var meter = new ToldMeter(Stereo);

        var measured = await Read(reading, meter, locator);

        Assert.Equal("sound", Encoding.UTF8.GetString(Assert.Single(meter.Measured)));
        Assert.Equal((reading.Bucket, key, null, 5), (measured.Place.Bucket, measured.Place.Key, measured.Place.Url, measured.Place.Bytes));
        Assert.Equal((RecordingSide.Stereo, "audio/wav"), (measured.Place.Side, measured.Place.ContentType));
        Assert.NotEmpty(measured.Place.Etag!);
    }

    [SkippableTheory]
    [InlineData(1, RecordingSide.Mixed)]
    [InlineData(2, RecordingSide.Stereo)]
    public async Task A_recording_of_a_feed_is_what_its_channels_say(int channels, RecordingSide side)
    {
        await using var reading = await Start();
        const string key = "in/call_recordings/version=1/format=csv/c 1+%2F.wav";
        await reading.Server.Put(reading.Bucket, key, "sound");
        var etag = Assert.Single((await reading.Open().List(reading.Bucket, "in/", null, 10, default)).Objects).ETag;
        var meter = new ToldMeter(new SoundMeasured(Of(1_000, [.. Enumerable.Repeat(Channel(1_000), channels)])));

        var measured = await Reader(reading, meter, new()).Read(reading.Open(), key, etag, default);

        Assert.Equal((side, reading.Bucket, key, etag, 5), (measured.Place.Side, measured.Place.Bucket, measured.Place.Key, measured.Place.Etag, measured.Place.Bytes));
    }

    [SkippableFact]
    public async Task A_recording_of_a_feed_with_more_channels_than_parties_is_refused()
    {
        await using var reading = await Start();
        await reading.Server.Put(reading.Bucket, "in/c-1.wav", "sound");
        var meter = new ToldMeter(new SoundMeasured(Of(1_000, Channel(1_000), Channel(1_000), Channel(1_000))));

        Assert.Equal("not_stereo", (await Reading.Failure(() => Reader(reading, meter, new()).Read(reading.Open(), "in/c-1.wav", (string?)null, default))).Code);
    }

    [SkippableFact]
    public async Task Another_version_than_the_one_that_was_imported_is_not_read()
    {
        await using var reading = await Start();
        await reading.Server.Put(reading.Bucket, "in/c-1.wav", "other sound");
        var meter = new ToldMeter(Stereo);

        var failure = await Reading.Failure(() => Reader(reading, meter, new()).Read(reading.Open(), "in/c-1.wav", "0123456789abcdef0123456789abcdef", default));

        Assert.Equal(("object_changed", false), (failure.Code, failure.Retryable));
        Assert.Empty(meter.Measured);
    }

    [SkippableFact]
    public async Task A_recording_of_the_largest_size_is_measured_and_a_byte_more_is_not()
    {
        await using var reading = await Start();
        await reading.Server.Put(reading.Bucket, "in/most.wav", new byte[Limit]);
        await reading.Server.Put(reading.Bucket, "in/more.wav", new byte[Limit + 1]);
        var meter = new ToldMeter(Stereo);

        Assert.Equal(Limit, (await Read(reading, meter, "most.wav")).Place.Bytes);
        var failure = await Reading.Failure(() => Read(reading, meter, "more.wav"));

        Assert.Equal(("file_too_large", FailureClass.Item, false), (failure.Code, failure.Class, failure.Retryable));
        Assert.Single(meter.Measured);
    }

    [SkippableFact]
    public async Task An_archived_recording_can_be_tried_again_when_it_is_restored()
    {
        await using var reading = await Start();
        reading.Proxy.Inject(r => r.Key == "in/old.wav", Fault.Archived());

        var failure = await Reading.Failure(() => Read(reading, new ToldMeter(Stereo), "old.wav"));

        Assert.Equal(("object_archived", true), (failure.Code, failure.Retryable));
    }

    [SkippableFact]
    public async Task A_recording_that_is_cut_short_is_not_measured()
    {
        await using var reading = await Start();
        await reading.Server.Put(reading.Bucket, "in/a.wav", new byte[Limit]);
        reading.Proxy.Inject(r => r.Key == "in/a.wav", Fault.CutBody(500));
        var meter = new ToldMeter(Stereo);

        var failure = await Reading.Failure(() => Read(reading, meter, "a.wav"));

        Assert.Equal((FailureClass.Transient, 0), (failure.Class, meter.Measured.Count));
    }

    [SkippableTheory]
    [InlineData("s3://another-bucket/a.wav", "locator_not_allowed")]
    [InlineData("https://127.0.0.1/a.wav", "locator_not_allowed")]
    [InlineData("http://listed.example/a.wav", "locator_not_allowed")]
    [InlineData("https://10.0.0.1/a.wav", "outbound_refused")]
    [InlineData("https://169.254.169.254/a.wav", "outbound_refused")]
    [InlineData("https://[::ffff:10.0.0.1]/a.wav", "outbound_refused")]
    [InlineData("../secrets.wav", "locator_invalid")]
    public async Task What_the_connector_may_not_reach_is_refused(string locator, string code)
    {
        await using var reading = await Start();
        var meter = new ToldMeter(Stereo);
        var source = reading.Open(reading.Access(reading.Settings() with
        {
            AllowedHosts = ["listed.example", "10.0.0.1", "169.254.169.254", "::ffff:10.0.0.1"],
        }));

        var failure = await Reading.Failure(() => Read(reading, meter, locator, source: source));

        Assert.Equal((code, FailureClass.Item), (failure.Code, failure.Class));
        Assert.Empty(meter.Measured);
    }

    [SkippableFact]
    public async Task The_second_recording_of_a_pair_must_lie_elsewhere_however_it_is_written()
    {
        await using var reading = await Start();
        await reading.Server.Put(reading.Bucket, "in/a.wav", "sound");
        var meter = new ToldMeter(new SoundMeasured(Of(1_000, Channel(1_000))));
        var agent = await Read(reading, meter, "a.wav", RecordingSide.Agent);

        var failure = await Reading.Failure(() => Read(reading, meter, $"s3://{reading.Bucket}/in/a.wav", RecordingSide.Customer, agent.Place));

        Assert.Equal("mixed_mono", failure.Code);
        Assert.Single(meter.Measured);
    }

    [SkippableFact]
    public async Task What_the_meter_says_is_told_apart()
    {
        await using var reading = await Start();
        await reading.Server.Put(reading.Bucket, "in/a.wav", "sound");

        var refused = await Reading.Failure(() => Read(reading, new ToldMeter(new SoundRefused("It is a picture.")), "a.wav"));
        var lost = await Reading.Failure(() => Read(reading, new ToldMeter(new SoundLost("It crashed.")), "a.wav"));
        var mono = await Reading.Failure(() => Read(reading, new ToldMeter(new SoundMeasured(Of(1_000, Channel(1_000)))), "a.wav"));

        Assert.Equal(("unsupported_audio", "It is a picture.", false), (refused.Code, refused.Message, refused.Retryable));
        Assert.Equal(("sound_lost", FailureClass.Transient, true), (lost.Code, lost.Class, lost.Retryable));
        Assert.Equal(("not_stereo", false), (mono.Code, mono.Retryable));
    }

    [SkippableFact]
    public async Task Recordings_wait_for_the_room_that_others_take()
    {
        await using var reading = await Start();
        await reading.Server.Put(reading.Bucket, "in/a.wav", "sound");
        var gate = new TaskCompletionSource();
        var held = reading.Proxy.Inject(r => r.Key == "in/a.wav", Fault.Before(cancel => gate.Task.WaitAsync(cancel)));
        var reader = Reader(reading, new ToldMeter(Stereo), new() { SpooledBytes = 2 * Limit + 1 });

        var reads = Enumerable.Range(0, 5).Select(_ => reader.Read(reading.Open(), "in/day.csv", "a.wav", RecordingSide.Stereo, null, default)).ToList();
        for (var waited = 0; held.Hits < 2 && waited < 500; waited++)
            await Task.Delay(10);
        Assert.Equal(2, held.Hits);
        gate.SetResult();

        Assert.Equal(5, (await Task.WhenAll(reads)).Length);
    }

    [Theory]
    [InlineData(52_428_800, null)]
    [InlineData(52_428_801, "file_too_large")]
    public async Task The_largest_recording_has_fifty_mebibytes(long size, string? refusal)
    {
        var piece = new byte[65_536];
        await using var server = await HttpsServer.Start(async context =>
        {
            context.Response.ContentLength = size;
            for (var left = size; left > 0; left -= piece.Length)
                await context.Response.Body.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)));
        });
        var meter = new SizingMeter();

        var refused = await Record.ExceptionAsync(() => ReadHttps(server, meter, $"{server.Address}/c-1.wav", new SourceOptions()));

        Assert.Equal((refusal, refusal is null ? size : 0), ((refused as SourceException)?.Failure.Code, meter.Size));
    }

    [Fact]
    public async Task A_presigned_address_of_a_listed_host_is_read_as_given_and_kept_as_written()
    {
        var seen = new List<string>();
        await using var server = await HttpsServer.Start(context =>
        {
            seen.Add(context.Request.Path + context.Request.QueryString);
            return context.Response.WriteAsync("sound");
        });
        var url = $"{server.Address}/c-1.wav?X-Amz-Signature=0f%2F1&X-Amz-Expires=60";
        var meter = new ToldMeter(Stereo);

        var measured = await ReadHttps(server, meter, url);

        Assert.Equal(["/c-1.wav?X-Amz-Signature=0f%2F1&X-Amz-Expires=60"], seen);
        Assert.Equal((url, null, 5), (measured.Place.Url, measured.Place.Bucket, measured.Place.Bytes));
    }

    [Theory]
    [InlineData("https://localhost:PORT/c-1.wav")]
    [InlineData("https://10.0.0.1/c-1.wav")]
    [InlineData("http://127.0.0.1/c-1.wav")]
    public async Task A_redirect_leads_nowhere_that_a_locator_may_not(string target)
    {
        var hits = 0;
        await using var server = await HttpsServer.Start(context =>
        {
            hits++;
            context.Response.Redirect(target.Replace("PORT", $"{context.Request.Host.Port}", StringComparison.Ordinal));
            return Task.CompletedTask;
        });
        var meter = new ToldMeter(Stereo);

        var failure = await Reading.Failure(() => ReadHttps(server, meter, $"{server.Address}/go.wav"));

        Assert.Equal(("outbound_refused", FailureClass.Item, 1), (failure.Code, failure.Class, hits));
        Assert.Empty(meter.Measured);
    }

    [Fact]
    public async Task A_host_that_announces_no_length_is_stopped_at_the_limit()
    {
        await using var server = await HttpsServer.Start(async context =>
        {
            for (var piece = 0; piece < 3; piece++)
                await context.Response.Body.WriteAsync(new byte[Limit / 2]);
        });

        var failure = await Reading.Failure(() => ReadHttps(server, new ToldMeter(Stereo), $"{server.Address}/c-1.wav"));

        Assert.Equal("file_too_large", failure.Code);
    }

    private static async Task<Reading> Start()
    {
        var reading = await Reading.Start();
        reading.Options = new() { MaxObjectBytes = Limit };
        return reading;
    }

    private static Task<MeasuredRecording> Read(
        Reading reading, ISoundMeter meter, string locator, RecordingSide side = RecordingSide.Stereo, RecordingPlace? other = null, S3Source? source = null)
    {
        locator = locator.Replace("BUCKET", reading.Bucket, StringComparison.Ordinal).Replace("ENDPOINT", reading.Proxy.Endpoint, StringComparison.Ordinal);
        return Reader(reading, meter, new()).Read(source ?? reading.Open(), "in/day.csv", locator, side, other, default);
    }

    private static RecordingReader Reader(Reading reading, ISoundMeter meter, IngestOptions options) =>
        new(reading.Locators, new(new SoundOptions()), meter, Reading.Wrap(reading.Options), Reading.Wrap(options));

    private static async Task<MeasuredRecording> ReadHttps(HttpsServer server, ISoundMeter meter, string url, SourceOptions? limits = null)
    {
        var options = Reading.Wrap(limits ?? new SourceOptions { MaxObjectBytes = Limit });
        var guard = new OutboundGuard(Reading.Wrap(new OutboundOptions { Allow = ["127.0.0.1"] }));
        using var sources = new S3Sources(guard, options, Reading.Wrap(new DeploymentIdentityOptions()), TimeProvider.System);
        using var locators = new LocatorReader(guard, options, server.Trust);
        var source = sources.Open(new(
            new()
            {
                Region = "eu-central-1",
                Paths = new UnifiedPath("s3://bucket/in/"),
                Credentials = new AccessKeyCredentials("AKIA"),
                AllowedHosts = [server.Host, "10.0.0.1"],
            },
            "secret", "qi-1", ServiceGranted: false));
        var reader = new RecordingReader(locators, new(new SoundOptions()), meter, options, Reading.Wrap(new IngestOptions()));
        return await reader.Read(source, "in/day.csv", url, RecordingSide.Stereo, null, default);
    }
}
