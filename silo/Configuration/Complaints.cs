namespace Tumbler.Silo.Configuration;

/// <summary>Why a start can't be, on one list for people, and as an exit code for whoever may start it again.</summary>
public sealed class Complaints(TextWriter output)
{
    /// <summary>EX_CONFIG of <c>sysexits.h</c>: starting again without a change of the configuration will not help.</summary>
    public const int ConfigurationError = 78;

    /// <summary>EX_TEMPFAIL: starting again later may help as it is.</summary>
    public const int TemporaryFailure = 75;

    /// <summary>0 when there was none.</summary>
    public int ExitCode { get; private set; }

    public void Add(params IReadOnlyList<SettingError> errors)
    {
        var mayPass = errors.All(error => error.MayPass);
        ExitCode = mayPass && ExitCode != ConfigurationError ? TemporaryFailure : ConfigurationError;
        output.WriteLine(
            mayPass ? "Tumbler can't start now; later it may."
            : errors.Count == 1 ? "Tumbler can't start: one setting is wrong."
            : $"Tumbler can't start: {errors.Count} settings are wrong.");
        foreach (var error in errors)
            output.WriteLine($"  {error.ToString().ReplaceLineEndings($"{Environment.NewLine}    ")}");
    }
}
