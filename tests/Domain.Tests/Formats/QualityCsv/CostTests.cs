using System.Text;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Tests.Formats;

public sealed class CostTests
{
    /// <summary>Counted in memory rather than time, which says the same on every machine: the streams answer at once, on this thread.</summary>
    [Fact]
    public async Task A_row_costs_little_more_than_its_own_text()
    {
        const int rows = 10_000;
        var file = Encoding.UTF8.GetBytes(QualityRows.File([.. Enumerable.Range(0, rows).Select(i => QualityRows.Voice.With(("conversationId", $"conv-{i}")))]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var accepted = 0;

        await foreach (var item in QualityCsv.Read(new MemoryStream(file), new QualityCsvOptions())) accepted += item is ValidRow ? 1 : 0;

        Assert.Equal(rows, accepted);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / rows, 1, 2_000);
    }
}
