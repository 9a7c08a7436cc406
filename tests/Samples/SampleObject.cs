namespace QualityIngest.Samples;

/// <summary>One object of the bucket.</summary>
/// <param name="Key">Its whole key.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Round">1: there from the beginning; 2: uploaded later, over what lay there before.</param>
public sealed record SampleObject(string Key, byte[] Bytes, int Round);
