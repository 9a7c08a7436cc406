namespace QualityIngest.Samples;

/// <summary>One object of the bucket.</summary>
/// <param name="Key">Its whole key.</param>
/// <param name="Content">Its content, made when it is first asked for: sound takes time.</param>
/// <param name="Round">1: there from the beginning; 2: uploaded later, over what lay there before.</param>
public sealed record SampleObject(string Key, Lazy<byte[]> Content, int Round)
{
    /// <summary>An object whose content is there.</summary>
    public SampleObject(string key, byte[] bytes, int round) : this(key, new Lazy<byte[]>(bytes), round)
    {
    }

    /// <summary>Its content.</summary>
    public byte[] Bytes => Content.Value;
}
