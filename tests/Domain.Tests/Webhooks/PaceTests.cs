using QualityIngest.Domain.Webhooks.Delivery;

namespace QualityIngest.Domain.Tests.Webhooks;

public sealed class PaceTests
{
    private readonly Flying _clock = new();

    [Fact]
    public async Task Without_a_rate_nobody_waits()
    {
        var pace = new Pace(null, _clock);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => pace.Wait(default)));

        Assert.Equal(TimeSpan.Zero, _clock.Now);
    }

    [Fact]
    public async Task A_rate_spreads_turns_evenly_from_the_first_on()
    {
        var pace = new Pace(4, _clock);

        var times = await Times(pace, 5);

        // The first is as much before the second as one that came late would be.
        Assert.Equal([0, 230, 480, 730, 980], times);
    }

    [Fact]
    public async Task Turns_that_are_asked_for_at_once_are_taken_one_after_the_other()
    {
        var pace = new Pace(4, _clock);

        await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => pace.Wait(default)));

        Assert.InRange(_clock.Now.TotalMilliseconds, 1980, 2000);
    }

    [Fact]
    public async Task What_was_not_asked_for_in_time_is_not_made_up_for()
    {
        var pace = new Pace(4, _clock);
        await pace.Wait(default);

        _clock.Pass(TimeSpan.FromSeconds(10));
        var times = await Times(pace, 3);

        Assert.Equal([10_000, 10_230, 10_480], times);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(1000)]
    public async Task However_late_turns_come_no_second_has_more_than_the_rate_and_a_little(int rate)
    {
        var random = new Random(rate);
        _clock.Late = () => TimeSpan.FromMilliseconds(random.Next(20) == 0 ? random.Next(600) : random.Next(10));
        var pace = new Pace(rate, _clock);

        var times = await Times(pace, 4 * rate + 5);

        for (var (first, last) = (0, 0); first < times.Count; first++)
        {
            while (last < times.Count && times[last] < times[first] + 1000)
                last++;
            Assert.InRange(last - first, 1, (int)(rate * 1.02) + 1);
        }
    }

    [Fact]
    public async Task Timers_that_are_a_little_late_each_time_do_not_slow_a_high_rate_down()
    {
        _clock.Late = () => TimeSpan.FromMilliseconds(12);
        var pace = new Pace(1000, _clock);

        var times = await Times(pace, 2001);

        Assert.InRange(times[^1], 1950, 2050);
    }

    [Fact]
    public async Task Whoever_gives_up_leaves_the_turn_to_the_next()
    {
        var pace = new Pace(4, TimeProvider.System);
        using var over = new CancellationTokenSource();
        await pace.Wait(default);
        var (given, taken) = (pace.Wait(over.Token), pace.Wait(default));

        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await taken.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>When so many turns were taken, each asked for after the one before, in milliseconds.</summary>
    private async Task<List<double>> Times(Pace pace, int turns)
    {
        var times = new List<double>();
        for (var turn = 0; turn < turns; turn++)
        {
            await pace.Wait(default);
            times.Add(_clock.Now.TotalMilliseconds);
        }

        return times;
    }

    /// <summary>A stopwatch that runs only while somebody waits for it, beside a clock that nobody may look at.</summary>
    private sealed class Flying : TimeProvider
    {
        public TimeSpan Now { get; private set; }

        public Func<TimeSpan> Late { get; set; } = () => TimeSpan.Zero;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan span) => Now += span;

        public override long GetTimestamp() => Now.Ticks;

        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Now += dueTime + Late();
            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
