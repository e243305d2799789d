using System.Diagnostics;
using System.Security.Cryptography;

namespace Tumbler.Stories.Tests.Protection;

/// <summary>A key-encryption certificate as docs/protection.md makes one. Runs are told to keep it out of logs.</summary>
internal sealed class Kek
{
    private readonly string passwordFile;

    public Kek(StoryRun run, string directory, string name, int days = 3650)
    {
        (File, passwordFile) = (Path.Combine(directory, $"{name}.pem"), Path.Combine(directory, $"{name}.password"));
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        run.Secrets.Add(password);
        System.IO.File.WriteAllText(passwordFile, password);
        using var openssl = Process.Start(new ProcessStartInfo("openssl",
        [
            "req", "-x509", "-newkey", "rsa:2048", "-sha256", "-days", FormattableString.Invariant($"{days}"), "-subj", $"/CN={name}",
            "-passout", $"file:{passwordFile}", "-keyout", File, "-out", $"{File}.certificate",
        ])
        { RedirectStandardError = true })!;
        openssl.StandardError.ReadToEnd();
        openssl.WaitForExit();
        Assert.Equal(0, openssl.ExitCode);
        System.IO.File.AppendAllText(File, System.IO.File.ReadAllText($"{File}.certificate"));
    }

    /// <summary>PEM: certificate and encrypted private key.</summary>
    public string File { get; }

    public string PasswordFile => passwordFile;

    /// <summary>How openssl is told about it.</summary>
    public string[] OpenSsl => ["-inkey", File, "-recip", File, "-passin", $"file:{passwordFile}"];

    /// <summary>The settings that name these, the first one as the current.</summary>
    public static IEnumerable<string> Settings(params IEnumerable<Kek> keks) => keks.SelectMany((kek, n) => (string[])
    [
        FormattableString.Invariant($"--Protection:Certificates:{n}:Path"), kek.File,
        FormattableString.Invariant($"--Protection:Certificates:{n}:PasswordFile"), kek.passwordFile,
    ]);
}
