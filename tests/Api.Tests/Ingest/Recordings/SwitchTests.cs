using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QualityIngest.Client;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Api.Tests.Ingest.Recordings;

/// <summary>What a version without sound has refused is completed by a retry of its file.</summary>
public sealed class SwitchTests(SwitchTests.Host host) : IClassFixture<SwitchTests.Host>
{
    [SkippableFact]
    public async Task Rows_that_were_refused_for_their_recordings_complete_when_their_file_is_retried()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("s-1", SoundFiles.Stereo);
        await bucket.PutPair("m-1");
        await bucket.PutCalls("day.csv", Calls.Stereo("s-1"), Calls.AgentSide("m-1"), Calls.CustomerSide("m-1"));
        await bucket.Ingest();
        var file = await bucket.File("day.csv");
        file.Is(FileStatus.PartiallyIngested, rejected: 3);
        Assert.All(await bucket.FaultsOf(file), fault => Assert.Equal(("recordingType", "not_supported_yet"), (fault.Field, fault.Code)));

        host.Sound.Accepted = true;
        await bucket.Client.RetryFilesAsync(new() { Code = "not_supported_yet" });
        await bucket.Idle();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 2, held: 1);
        Assert.Empty(await bucket.FaultsOf(file));
        (await bucket.Conversation("s-1")).Metrics.HeardRight();
        (await bucket.Conversation("m-1")).Metrics.HeardRight();
    }

    /// <summary>A host that accepts no sound until it is told to.</summary>
    public sealed class Host : IngestHost
    {
        /// <summary>Whether it does.</summary>
        public Switch Sound { get; } = new();

        /// <inheritdoc/>
        protected override void Configure(IServiceCollection services) => services.AddSingleton<IOptions<QualityCsvOptions>>(Sound);
    }

    /// <summary>Options that change while the application runs.</summary>
    public sealed class Switch : IOptions<QualityCsvOptions>
    {
        /// <summary>Whether sound is accepted.</summary>
        public bool Accepted { get; set; }

        /// <inheritdoc/>
        public QualityCsvOptions Value => new() { AcceptsSound = Accepted };
    }
}
