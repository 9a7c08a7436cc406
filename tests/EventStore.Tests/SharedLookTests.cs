namespace QualityIngest.EventStore.Tests;

public sealed class SharedLookTests
{
    private readonly List<TaskCompletionSource<Watermark>> _looks = [];

    [Fact]
    public async Task Whoever_asks_while_a_look_is_under_way_gets_what_it_finds()
    {
        var shared = Shared(TimeSpan.Zero);

        var asked = Enumerable.Range(0, 200).Select(_ => shared.Get(default)).ToList();
        Assert.Single(_looks).SetResult(new(7, 9));

        Assert.All(await Task.WhenAll(asked), found => Assert.Equal(new(7, 9), found));
    }

    [Fact]
    public async Task A_look_that_has_ended_lives_so_long_and_no_longer()
    {
        var (lasting, momentary) = (Shared(TimeSpan.FromHours(1)), Shared(TimeSpan.Zero));
        foreach (var shared in new[] { lasting, momentary })
        {
            var first = shared.Get(default);
            _looks[^1].SetResult(new(1, 1));
            await first;
        }

        Assert.Equal(new(1, 1), await lasting.Get(default));
        Assert.Equal(2, _looks.Count);
        var second = momentary.Get(default);
        _looks[2].SetResult(new(2, 2));
        Assert.Equal(new(2, 2), await second);
    }

    [Fact]
    public async Task A_look_that_fails_is_told_to_those_who_wait_and_not_kept()
    {
        var shared = Shared(TimeSpan.FromHours(1));
        var (one, other) = (shared.Get(default), shared.Get(default));

        _looks[0].SetException(new IOException());
        await Assert.ThrowsAsync<IOException>(() => one);
        await Assert.ThrowsAsync<IOException>(() => other);
        var next = shared.Get(default);
        _looks[1].SetResult(new(3, 3));

        Assert.Equal(new(3, 3), await next);
    }

    [Fact]
    public async Task Whoever_waits_no_longer_does_not_end_it_for_others()
    {
        var shared = Shared(TimeSpan.Zero);
        using var ended = new CancellationTokenSource();
        var (impatient, patient) = (shared.Get(ended.Token), shared.Get(default));

        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _looks[0].SetResult(new(4, 4));

        Assert.Equal(new(4, 4), await patient);
    }

    private SharedLook Shared(TimeSpan life) => new(
        () =>
        {
            _looks.Add(new());
            return _looks[^1].Task;
        },
        life);
}
