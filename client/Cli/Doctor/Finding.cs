namespace Tumbler.Cli.Doctor;

/// <summary>One thing that is wrong.</summary>
/// <param name="Name">Stable, for scripts and docs/cli-operations.md: <c>issuer-differs</c>.</param>
/// <param name="Problem">What is so and should not be.</param>
/// <param name="Why">What comes of it.</param>
/// <param name="Mend">The command or setting that mends it.</param>
internal sealed record Finding(string Name, Severity Severity, string Problem, string Why, string Mend)
{
    public static Finding Failure(string name, string problem, string why, string mend) => new(name, Severity.Failure, problem, why, mend);

    public static Finding Warning(string name, string problem, string why, string mend) => new(name, Severity.Warning, problem, why, mend);
}
