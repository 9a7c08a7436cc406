namespace QualityIngest.Domain.Sources;

/// <summary>
/// Tells a connector that may read nothing from an object that it may not read: S3 answers both with the same words, and
/// an object that does not exist too, where missing keys may not be listed.
/// </summary>
internal sealed class DeniedRead(S3Source source)
{
    private const int Samples = 2;

    /// <summary>The connector's failure, or the same as the object's own when something else under the paths can be read.</summary>
    public async Task<SourceFailure> Judge(SourceFailure failure, string bucket, string key, CancellationToken cancellation)
    {
        var own = failure.Code == S3Failures.KmsRefused.Code ? S3Failures.ObjectKmsRefused
            : failure.Code == S3Failures.SecretKeyWrong.Code ? S3Failures.ObjectRefused
            : S3Failures.ObjectDenied;
        if (bucket != source.Bucket)
            return own;
        foreach (var (path, _) in source.Paths)
        {
            foreach (var sample in await Sample(path, key, cancellation))
            {
                if (await Denial(path, sample, cancellation) is null)
                    return own;
            }
        }

        return failure;
    }

    /// <summary>Throws when a path cannot be listed, or when none of its first objects may be read.</summary>
    public async Task Require(S3Path path, CancellationToken cancellation)
    {
        SourceException? denial = null;
        foreach (var sample in await Sample(path, except: null, cancellation))
        {
            denial = await Denial(path, sample, cancellation);
            if (denial is null)
                return;
        }

        if (denial is not null)
            throw denial;
    }

    private async Task<IEnumerable<string>> Sample(S3Path path, string? except, CancellationToken cancellation)
    {
        // Started after the prefix itself: a folder's placeholder says nothing.
        var page = await source.List(path.Bucket, path.Prefix, path.Prefix.Length == 0 ? null : path.Prefix, Samples, cancellation);
        return page.Objects.Select(entry => entry.Key).Where(key => key != except && key[0] != '/');
    }

    private async Task<SourceException?> Denial(S3Path path, string key, CancellationToken cancellation)
    {
        try
        {
            await source.Touch(path.Bucket, key, cancellation);
            return null;
        }
        catch (SourceException exception) when (exception.Failure.Class == FailureClass.Item)
        {
            return null; // Archived, or gone by now: it was not the permission that stopped us.
        }
        catch (SourceException exception) when (S3Source.IsDenial(exception.Failure))
        {
            return exception;
        }
    }
}
