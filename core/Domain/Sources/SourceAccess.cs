namespace QualityIngest.Domain.Sources;

/// <summary>Everything needed to read a connector's bucket.</summary>
/// <param name="Settings">Where and as whom.</param>
/// <param name="SecretAccessKey">The opened secret of <see cref="AccessKeyCredentials"/>; takes precedence over one in the settings.</param>
/// <param name="ExternalId">The tenant's external id, sent with every AssumeRole.</param>
/// <param name="ServiceGranted">Whether an administrator granted this bucket to this tenant under the deployment's own identity.</param>
public sealed record SourceAccess(SourceSettings Settings, string? SecretAccessKey, string ExternalId, bool ServiceGranted)
{
    /// <summary>Without its secrets, so that no log line or exception text can carry them.</summary>
    public override string ToString() => $"SourceAccess({Settings.Region}, {Settings.Endpoint}, {Settings.Credentials.GetType().Name})";
}
