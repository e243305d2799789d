namespace Tumbler.Cli.Doctor;

internal enum Severity
{
    /// <summary>It works, and will not for ever, or not for everybody.</summary>
    Warning,

    /// <summary>Somebody is refused, or should be and is not.</summary>
    Failure,
}
