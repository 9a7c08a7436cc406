using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Directory;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Quotas;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Scheduling;
using QualityIngest.Domain.Usage;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>Registers the flow and what reads and configures it.</summary>
public static class IngestServices
{
    /// <summary>
    /// Adds the flow, in its order: scan or notice → file → resolve or measure, with release and retry beside it; and the services of connectors,
    /// scans, files and conversations.
    /// </summary>
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IngestOptions>().Bind(configuration.GetSection(IngestOptions.Section)).Validate(o => o.IsValid, IngestOptions.Rule).ValidateOnStart();
        services.AddOptions<RecordingOptions>().Bind(configuration.GetSection(RecordingOptions.Section)).Validate(o => o.IsValid, RecordingOptions.Rule).ValidateOnStart();

        services.AddSingleton(DomainEvents.Register());
        services.AddSingleton<IInlineProjection, FileProjection>();
        services.AddSingleton<IInlineProjection, ConversationProjection>();
        services.AddSingleton<EventStore.EventStore>();

        services.AddSingleton<ConnectorAccess>();
        services.AddSingleton<ConnectorHealth>();
        services.AddSingleton<ConnectorDirectory>();
        services.AddSingleton<QueueMappings>();
        services.AddSingleton<ConnectorSchedules>();
        services.AddSingleton<ScanLog>();
        services.AddSingleton<ScanDirectory>();
        services.AddSingleton<IScheduledScan>(s => s.GetRequiredService<ScanDirectory>());
        services.AddSingleton<IDirectoryChanges, ReleaseOnAgents>();

        services.AddSingleton<FileDirectory>();
        services.AddSingleton<ConversationDirectory>();
        services.AddSingleton<Recordings>();
        services.AddSingleton<RetryRequests>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<ConnectorTests>();
        services.AddSingleton<QuotaReport>();
        services.AddSingleton<TenantQuotas>();
        services.AddSingleton<UsageReport>();

        services.AddOptions<QuotaOptions>().Bind(configuration.GetSection(QuotaOptions.Section)).Validate(o => o.IsValid, QuotaOptions.Rule).ValidateOnStart();
        services.AddSingleton<DailyQuota>();
        services.AddSingleton<Admission>();
        services.AddSingleton<Discovery>();
        services.AddSingleton<FileLedger>();
        services.AddSingleton<RowBatches>();
        services.AddSingleton<TranscriptReader>();
        services.AddSingleton<RecordingReader>();
        services.AddSingleton<Material>();
        services.AddStep<ScanStep>();
        services.AddStep<NoticeStep>();
        services.AddStep<FileStep>();
        services.AddStep<ResolveStep>();
        services.AddStep<MeasureStep>();
        services.AddStep<ReleaseStep>();
        services.AddStep<RetryStep>();
        services.AddHostedService<ProbeLoop>();
        services.AddHostedService<ReleaseSweep>();
        services.AddSingleton<QuotaSweep>();
        services.AddHostedService(s => s.GetRequiredService<QuotaSweep>());
        return services;
    }

    private static void AddStep<TStep>(this IServiceCollection services) where TStep : class, IWorkStep
    {
        services.AddSingleton<TStep>();
        services.AddHostedService<WorkLoop<TStep>>();
    }
}
