namespace QualityIngest.Demo;

/// <summary>Tells how to go on by hand.</summary>
internal static class Instructions
{
    private const string Question = "{ conversationStats(groupBy: [QUEUE]) { key { queue { name } } count durationMs { avg p90 } } }";

    /// <summary>Where the API is, who may ask, and a few first questions.</summary>
    public static void Show(Uri server, string adminKey, Product product, Guid call)
    {
        var root = server.AbsoluteUri.TrimEnd('/');
        Screen.Chapter("Still serving; Ctrl-C ends it");
        Console.WriteLine($"""
            {root}/swagger shows the API; {root}/graphql is a page to ask questions on.
            The tenant's key:         {product.ApiKey}
            The administrator's key:  {adminKey}

            curl -sH 'Authorization: Bearer {product.ApiKey}' '{root}/v1/conversations?status=failed'
            curl -sH 'Authorization: Bearer {product.ApiKey}' '{root}/v1/files?status=partially_ingested'
            curl -sH 'Authorization: Bearer {product.ApiKey}' '{root}/v1/connectors/{product.Connector}/scans'
            curl -sH 'Authorization: Bearer {product.ApiKey}' '{root}/v1/conversations/export.jsonl?channel=chat' | head -3
            curl -sH 'Authorization: Bearer {product.ApiKey}' '{root}/v1/conversations/{call}/waveform.svg' > call.svg
            curl -sH 'Authorization: Bearer {product.ApiKey}' '{root}/v1/conversations/{call}/recording'
            curl -sH 'Authorization: Bearer {product.ApiKey}' '{root}/v1/usage'
            curl -sGH 'Authorization: Bearer {product.ApiKey}' '{root}/graphql' --data-urlencode 'query={Question}'
            """);
    }
}
