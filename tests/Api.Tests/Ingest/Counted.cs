using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest;

/// <summary>What became of a file's rows.</summary>
public static class Counted
{
    /// <summary>Asserts a file's status and every count; the rows read are the sum of them.</summary>
    public static void Is(
        this IngestedFile file, FileStatus status,
        long accepted = 0, long held = 0, long duplicate = 0, long superseded = 0, long rejected = 0, long erased = 0)
    {
        var counts = file.Counts;
        Assert.Equal(
            (status, accepted, held, duplicate, superseded, erased, rejected),
            (file.Status, counts.Accepted, counts.Held, counts.Duplicate, counts.Superseded, counts.Erased, counts.Rejected));
        Assert.Equal(accepted + held + duplicate + superseded + erased + rejected, counts.RowsRead);
    }
}
