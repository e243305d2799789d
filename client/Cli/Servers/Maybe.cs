namespace Tumbler.Cli.Servers;

/// <summary>A value, or that there is none; inside an outcome, where none is no failure.</summary>
internal readonly record struct Maybe<T>(T? Known) where T : class
{
    public static Maybe<T> None => default;
}
