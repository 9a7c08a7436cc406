namespace QualityIngest.Client;

/// <summary>A message to a webhook endpoint is not genuine.</summary>
public sealed class WebhookSignatureException(string message) : Exception(message);
