using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Client;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;
using FileStatus = QualityIngest.Client.FileStatus;

namespace QualityIngest.Api.Tests.Ingest.Faults;

[Collection(FaultCollection.Name)]
public sealed class OutdatedBatchTests(FaultHost host)
{
    [SkippableFact]
    public async Task A_batch_of_a_version_that_was_replaced_is_not_stored()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.PutRows("day.csv", 1);
        await faulty.Bucket.Ingest();
        var file = await faulty.Bucket.File("day.csv");
        var opened = (await host.Services.GetRequiredService<ConnectorAccess>().Open(faulty.Bucket.Tenant.Id, faulty.Bucket.Connector.Id, source: null, default))!;
        var outdated = new FileState { Id = file.Id, Etag = "an-older-one", Key = file.Key, Status = Domain.Files.FileStatus.Processing };
        var item = new WorkItem(0, faulty.Bucket.Tenant.Id, WorkKinds.File, "", opened.Connector.Id, "{}", null, 1, 1);

        var progress = await host.Services.GetRequiredService<RowBatches>().Store(
            item, opened.Connector, outdated, [new RejectedRow(2, "c-1", [new RowError("queueId", "missing_value", "It is missing.")])],
            new FileProgress(0, new()), default);

        Assert.Null(progress);
        (await faulty.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
        Assert.Empty((await faulty.Bucket.Client.ListRejectionsAsync(file.Id)).Items);
    }
}
