using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Cli.Calls;

/// <summary>Either a value or a <see cref="Calls.Failure"/>.</summary>
internal sealed class Outcome<T>
{
    private readonly T? value;
    private readonly Failure? failure;

    private Outcome(T? value, Failure? failure) => (this.value, this.failure) = (value, failure);

    /// <summary>True with the value, or false with the failure; exactly one of the two is there.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Failure? failure)
    {
        (value, failure) = (this.value, this.failure);
        return failure is null;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);
}
