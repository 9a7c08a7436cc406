namespace QualityIngest.Domain;

/// <summary>What came of a request: a value, or why there is none. Exceptions stay for defects and broken infrastructure.</summary>
/// <remarks>Values and failures convert by themselves: <c>return queue;</c>, <c>return new Failure.NotFound();</c>.</remarks>
public readonly record struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Failure? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <summary>Why there is no value; null when there is one.</summary>
    public Failure? Failure { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is a <see cref="Failure"/> instead.</exception>
    public T Value => Failure is null ? _value! : throw new InvalidOperationException($"There is no value but {Failure}.");

    /// <summary>The same outcome about another value.</summary>
    public Outcome<TOther> Map<TOther>(Func<T, TOther> map) =>
        Failure is { } failure ? failure : map(_value!);

    /// <summary>Succeeds with a value.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>Fails.</summary>
    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);
}

/// <summary>The value of an outcome that has nothing to say but that it is done.</summary>
public readonly record struct Done;

/// <summary>Why a request was not done. The caller can do something about each of these.</summary>
public abstract record Failure
{
    private Failure()
    {
    }

    /// <summary>There is no such thing, or it is another tenant's.</summary>
    public sealed record NotFound : Failure;

    /// <summary>There was such a thing, and it is deleted for good.</summary>
    /// <param name="Code">A stable snake_case word.</param>
    /// <param name="Message">A sentence for people.</param>
    public sealed record Gone(string Code, string Message) : Failure;

    /// <summary>The state of things forbids it, e.g. the name is taken.</summary>
    /// <param name="Code">A stable snake_case word.</param>
    /// <param name="Message">A sentence for people.</param>
    public sealed record Conflict(string Code, string Message) : Failure;

    /// <summary>Fields of the request break their rules.</summary>
    /// <param name="Errors">At least one.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Failure
    {
        /// <summary>One field breaks its rule.</summary>
        public Invalid(string pointer, string code, string message) : this([new FieldError(pointer, code, message)])
        {
        }
    }

    /// <summary>A well-formed request that is not granted, e.g. a cooldown or a limit.</summary>
    /// <param name="Code">A stable snake_case word.</param>
    /// <param name="Message">A sentence for people.</param>
    /// <param name="RetryAfter">When asking again can succeed; null: not by waiting.</param>
    public sealed record Refused(string Code, string Message, TimeSpan? RetryAfter = null) : Failure;

    /// <summary>Who asks may not: nothing speaks for the request.</summary>
    /// <param name="Code">A stable snake_case word.</param>
    /// <param name="Message">A sentence for people.</param>
    public sealed record Denied(string Code, string Message) : Failure;

    /// <summary>A document that is not of the form that it has to have.</summary>
    /// <param name="Code">A stable snake_case word.</param>
    /// <param name="Message">A sentence for people.</param>
    /// <param name="Errors">At least one, each located.</param>
    public sealed record Malformed(string Code, string Message, IReadOnlyList<FieldError> Errors) : Failure;

    /// <summary>Somebody else who is needed for it does not answer.</summary>
    /// <param name="Code">A stable snake_case word.</param>
    /// <param name="Message">A sentence for people.</param>
    /// <param name="RetryAfter">When asking again can succeed.</param>
    public sealed record Unavailable(string Code, string Message, TimeSpan RetryAfter) : Failure;

    /// <summary>The thing has changed since the version that the request names.</summary>
    public sealed record Stale : Failure;
}

/// <summary>One field that breaks its rule.</summary>
/// <param name="Pointer">A JSON pointer into the request, e.g. <c>/paths/voicePath</c>.</param>
/// <param name="Code">A stable snake_case word.</param>
/// <param name="Message">A sentence for people, which never repeats a secret.</param>
public sealed record FieldError(string Pointer, string Code, string Message);
