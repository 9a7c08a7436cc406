using QualityIngest.Domain.Ingest;

namespace QualityIngest.Domain.Tests.Ingest;

public sealed class ByteBudgetTests
{
    [Fact]
    public async Task What_does_not_fit_waits_until_enough_is_given_back()
    {
        var budget = new ByteBudget(100);
        var first = await budget.Take(60, default);
        var second = budget.Take(60, default);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task More_than_there_is_waits_until_it_is_alone()
    {
        var budget = new ByteBudget(100);
        var small = await budget.Take(1, default);
        var huge = budget.Take(1_000, default);
        Assert.False(huge.IsCompleted);

        small.Dispose();

        (await huge).Dispose();
        (await budget.Take(100, default)).Dispose();
    }

    [Fact]
    public async Task Small_ones_do_not_overtake_a_large_one_for_ever()
    {
        var budget = new ByteBudget(100);
        var first = await budget.Take(50, default);
        var large = budget.Take(80, default);
        var small = budget.Take(10, default);

        Assert.False(small.IsCompleted);
        first.Dispose();

        await large;
        await small;
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_nothing()
    {
        var budget = new ByteBudget(100);
        var first = await budget.Take(100, default);
        using var impatient = new CancellationTokenSource();
        var waiting = budget.Take(100, impatient.Token);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        (await budget.Take(100, default)).Dispose();
    }

    [Fact]
    public async Task A_share_is_given_back_once()
    {
        var budget = new ByteBudget(100);
        var first = await budget.Take(60, default);
        first.Dispose();
        first.Dispose();

        var second = await budget.Take(100, default);

        Assert.False(budget.Take(1, default).IsCompleted);
        second.Dispose();
    }
}
