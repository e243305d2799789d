using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Contracts.Calls;

/// <summary>Either a value or a <see cref="Calls.Refusal"/>. Crosses process borders, so it holds plain data only.</summary>
public sealed class Result<T>
{
    private Result(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    /// <summary>How far the change has spread; null where nothing changed, and where nobody has to be told.</summary>
    public Spread? Spread { get; private init; }

    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    /// <summary>True with the value, or false with the refusal; exactly one of the two is there.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (Value, Refusal);
        return refusal is null;
    }

    public Result<TOther> Map<TOther>(Func<T, TOther> map) =>
        (TryGet(out var value, out var refusal) ? (Result<TOther>)map(value) : refusal).With(Spread);

    public Result<T> With(Spread? spread) => spread == Spread ? this : new(Value, Refusal) { Spread = spread };

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
