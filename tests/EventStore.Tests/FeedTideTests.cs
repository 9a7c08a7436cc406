namespace QualityIngest.EventStore.Tests;

public sealed class FeedTideTests
{
    [Fact]
    public void Numbers_are_final_when_nobody_older_than_the_mark_runs() =>
        Assert.Equal(new Watermark(10, 10), new FeedTide().Seen(known: 0, drawn: 10, mark: 101, oldest: 101));

    [Fact]
    public void Numbers_are_not_final_while_somebody_older_than_the_mark_runs()
    {
        var tide = new FeedTide();
        Assert.Equal(new Watermark(0, 10), tide.Seen(0, 10, mark: 101, oldest: 100));
        Assert.Equal(new Watermark(0, 12), tide.Seen(0, 12, mark: 103, oldest: 100));
        // 102 is newer than the first mark and older than this one: what was drawn at the first mark is final.
        Assert.Equal(new Watermark(10, 15), tide.Seen(0, 15, mark: 105, oldest: 102));
    }

    [Fact]
    public void A_mark_that_was_waited_for_makes_way_for_the_next()
    {
        var tide = new FeedTide();
        tide.Seen(0, 10, mark: 101, oldest: 100);
        tide.Seen(0, 20, mark: 105, oldest: 104);
        Assert.Equal(20, tide.Seen(10, 30, mark: 109, oldest: 105).Final);
    }

    [Fact]
    public void Without_a_mark_nothing_moves()
    {
        var tide = new FeedTide();
        tide.Seen(0, 10, 101, 101);
        Assert.Equal(new Watermark(10, 10), tide.Seen(10, 10, mark: null, oldest: 500));
    }

    [Fact]
    public void A_look_that_arrives_late_takes_nothing_back()
    {
        var tide = new FeedTide();
        tide.Seen(0, 20, 105, 105);
        Assert.Equal(20, tide.Seen(known: 0, drawn: 10, mark: 101, oldest: 101).Final);
    }

    [Fact]
    public void A_database_whose_numbers_went_back_is_learnt_anew()
    {
        var tide = new FeedTide();
        tide.Seen(0, 20, 105, 105);
        Assert.Equal(new Watermark(0, 3), tide.Seen(known: 20, drawn: 3, mark: null, oldest: 90));
    }
}
