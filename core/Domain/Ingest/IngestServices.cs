using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Conversations.Erasure;
using QualityIngest.Domain.Directory;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Feeds.CallRecords;
using QualityIngest.Domain.Feeds.Recordings;
using QualityIngest.Domain.Feeds.Sales;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Quotas;
using QualityIngest.Domain.Rebuild;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Scheduling;
using QualityIngest.Domain.Usage;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>Registers the flow and what reads and configures it.</summary>
public static class IngestServices
{
    /// <summary>
    /// Adds the flow, in its order: scan or notice → file or batch → resolve or measure, with release and retry beside it; and the services of connectors,
    /// scans, files and conversations.
    /// </summary>
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IngestOptions>().Bind(configuration.GetSection(IngestOptions.Section)).Validate(o => o.IsValid, IngestOptions.Rule).ValidateOnStart();
        services.AddOptions<FeedTranscriptOptions>().Bind(configuration.GetSection(FeedTranscriptOptions.Section)).Validate(o => o.IsValid, FeedTranscriptOptions.Rule).ValidateOnStart();
        services.AddOptions<RecordingOptions>().Bind(configuration.GetSection(RecordingOptions.Section)).Validate(o => o.IsValid, RecordingOptions.Rule).ValidateOnStart();
        services.AddOptions<QuotaOptions>().Bind(configuration.GetSection(QuotaOptions.Section)).Validate(o => o.IsValid, QuotaOptions.Rule).ValidateOnStart();

        return services.AddStreams().AddConfiguration().AddReading().AddFlow();
    }

    /// <summary>The events and what is kept up to date with them.</summary>
    private static IServiceCollection AddStreams(this IServiceCollection services)
    {
        services.AddSingleton(DomainEvents.Register());
        services.AddSingleton<IInlineProjection, FileProjection>();
        services.AddSingleton<IInlineProjection, ConversationProjection>();
        services.AddSingleton<IInlineProjection, BatchProjection>();
        services.AddSingleton(s => new EventStore.EventStore(
            s.GetRequiredService<EventRegistry>(), s.GetServices<IInlineProjection>(), s.GetServices<IAppendListener>())
        {
            Patience = Patience(s.GetRequiredService<DatabaseOptions>()),
        });
        services.AddSingleton<IReadTable, FileReadTable>();
        services.AddSingleton<IReadTable, BatchReadTable>();
        services.AddSingleton<IReadTable, ConversationReadTable>();
        services.AddSingleton<ReadTables>();
        return services;
    }

    /// <summary>Well below what a command may take, however little that is: else nobody could tell waiting from being slow.</summary>
    private static TimeSpan Patience(DatabaseOptions database) =>
        TimeSpan.FromSeconds(Math.Min(20, database.CommandTimeout * 2.0 / 3));

    /// <summary>What says how the flow works: connectors, their schedules and mappings, and quotas.</summary>
    private static IServiceCollection AddConfiguration(this IServiceCollection services)
    {
        services.AddSingleton<ConnectorDirectory>();
        services.AddSingleton<ConnectorTests>();
        services.AddSingleton<ConnectorAccess>();
        services.AddSingleton<ConnectorNotices>();
        services.AddSingleton<ConnectorHealth>();
        services.AddSingleton<ConnectorSchedules>();
        services.AddSingleton<QueueMappings>();
        services.AddSingleton<IDirectoryChanges, ReleaseOnAgents>();
        services.AddSingleton<TenantQuotas>();
        services.AddSingleton<DailyQuota>();
        return services;
    }

    /// <summary>What shows how far the flow is, and starts parts of it anew.</summary>
    private static IServiceCollection AddReading(this IServiceCollection services)
    {
        services.AddSingleton<ScanLog>();
        services.AddSingleton<ScanDirectory>();
        services.AddSingleton<IScheduledScan>(s => s.GetRequiredService<ScanDirectory>());
        services.AddSingleton<FileDirectory>();
        services.AddSingleton<BatchDirectory>();
        services.AddSingleton<Reimports>();
        services.AddSingleton<ConversationDirectory>();
        services.AddSingleton<ConversationErasure>();
        services.AddSingleton<ErasureDirectory>();
        services.AddSingleton<Recordings>();
        services.AddSingleton<CallRecordDirectory>();
        services.AddSingleton<SaleDirectory>();
        services.AddSingleton<QuotaReport>();
        services.AddSingleton<UsageReport>();
        services.AddSingleton<RetryRequests>();
        services.AddSingleton<DeadLetters>();
        return services;
    }

    /// <summary>The steps in their order, each behind what it alone needs; then what asks for them without being told to.</summary>
    private static IServiceCollection AddFlow(this IServiceCollection services)
    {
        services.AddSingleton<IFeedTable, CallRecordTable>();
        services.AddSingleton<IFeedTable, SaleTable>();
        services.AddSingleton<IFeedTable, RecordingTable>();

        services.AddSingleton<Discovery>();
        services.AddStep<ScanStep>();
        services.AddStep<NoticeStep>();

        services.AddSingleton<Admission>();
        services.AddSingleton<FileLedger>();
        services.AddSingleton<RowBatches>();
        services.AddStep<FileStep>();

        services.AddSingleton<FeedTables>();
        services.AddSingleton<BatchListing>();
        services.AddSingleton<BatchSealing>();
        services.AddSingleton<BatchFiles>();
        services.AddSingleton<BatchImport>();
        services.AddSingleton<BatchSwap>();
        services.AddSingleton<BatchFold>();
        services.AddSingleton<BatchFailures>();
        services.AddStep<BatchStep>();

        services.AddSingleton<TranscriptReader>();
        services.AddSingleton<RecordingReader>();
        services.AddSingleton<Material>();
        services.AddStep<ResolveStep>();
        services.AddStep<MeasureStep>();

        services.AddSingleton<IFeedTable, TranscriptMessages>();
        services.AddSingleton<FeedFold>();

        services.AddStep<ReleaseStep>();
        services.AddStep<RetryStep>();

        services.AddHostedService<ProbeLoop>();
        services.AddSweep<ReleaseSweep>();
        services.AddSweep<QuotaSweep>();
        services.AddSweep<FeedSweep>();
        services.AddSweep<StaleSweep>();
        return services;
    }

    private static void AddStep<TStep>(this IServiceCollection services) where TStep : class, IWorkStep
    {
        services.AddSingleton<TStep>();
        services.AddHostedService<WorkLoop<TStep>>();
    }

    private static void AddSweep<TSweep>(this IServiceCollection services) where TSweep : class, ISweep
    {
        services.AddSingleton<TSweep>();
        services.AddHostedService<SweepLoop<TSweep>>();
    }
}
