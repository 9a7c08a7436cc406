using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Win32.SafeHandles;
using QualityIngest.Audio;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Recordings;

/// <summary>Recordings whose decoder dies or hangs.</summary>
public sealed class LostSoundTests(LostSoundTests.Host host) : IClassFixture<LostSoundTests.Host>
{
    [SkippableFact]
    public async Task A_recording_whose_decoder_died_once_is_measured_by_the_next_attempt()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("s-1", SoundFiles.Stereo);
        await bucket.PutCalls("day.csv", Calls.Stereo("s-1"));
        host.Meter.Lose(1);

        await bucket.Ingest();

        var call = await bucket.Conversation("s-1");
        Assert.Equal((ConversationStatus.Completed, 60), (call.Status, call.Metrics!.RecordingMs));
        Assert.DoesNotContain("conversation_failed", await bucket.EventsOf(call.Id));
    }

    [SkippableFact]
    public async Task A_recording_that_its_decoder_always_dies_of_is_a_dead_letter_that_can_be_revived()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("s-1", SoundFiles.Stereo);
        await bucket.PutCalls("day.csv", Calls.Stereo("s-1"));
        host.Meter.Lose(int.MaxValue);

        await bucket.Ingest();

        Assert.Equal(3, host.Meter.Losses);
        var failed = await bucket.Conversation("s-1");
        Assert.Equal((ConversationStatus.Failed, "sound_lost", "It crashed.", true), (failed.Status, failed.ErrorCode, failed.ErrorDetail, failed.Retryable));
        var letter = Assert.Single((await host.Admin.ListDeadLettersAsync(tenant: bucket.Tenant.Id)).Items);
        Assert.Equal(("measure", "sound_lost", 3), (letter.Kind, letter.Code, letter.Attempts));

        host.Meter.Lose(0);
        await host.Admin.RetryDeadLettersAsync(new() { Ids = [letter.Id] });
        await bucket.Idle();
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("s-1")).Status);
    }

    /// <summary>A host whose recordings are measured as a test says.</summary>
    public sealed class Host : IngestHost
    {
        /// <summary>What measures them.</summary>
        public LosingMeter Meter { get; } = new();

        /// <inheritdoc/>
        protected override void Configure(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<ISoundMeter>(Meter));
    }

    /// <summary>Loses so many recordings and finds every other one to be a moment of silence in two channels.</summary>
    public sealed class LosingMeter : ISoundMeter
    {
        private static readonly SoundChannel Silence = new(
            new(SoundLevel.SilenceDbfs, SoundLevel.SilenceDbfs, 0, SoundLevel.SilenceDbfs), new(6, [0]), new(10, new byte[6]));

        private int _left;
        private int _losses;

        /// <summary>How many it lost since it was told to.</summary>
        public int Losses => _losses;

        /// <summary>Loses the next ones.</summary>
        public void Lose(int count) => (_left, _losses) = (count, 0);

        /// <inheritdoc/>
        public Task<SoundOutcome> Measure(SafeFileHandle file, CancellationToken cancel)
        {
            if (_left == 0)
                return Task.FromResult<SoundOutcome>(new SoundMeasured(new(new("wave", "pcm16", 2, 8_000), 480, 60, [Silence, Silence], false)));
            _left--;
            _losses++;
            return Task.FromResult<SoundOutcome>(new SoundLost("It crashed."));
        }
    }
}
