using System.Globalization;
using Tumbler.Core.Audit;
using Tumbler.Storage.Exports;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Commands;

/// <summary>Verifies an export of the audit log with nothing but the audit certificate.</summary>
internal static class AuditVerifyCommand
{
    public const string Operands = "<export folder> --certificate <pem>";

    private const int DoesNotVerify = 1;
    private const int Unusable = 2;
    private const string CertificateOption = "--certificate";

    public static async Task<int> Run(CommandCall call)
    {
        if (!TryParse(call.Arguments, out var folder, out var certificate))
            return Complain(call, $"Usage: audit verify {Operands}");
        folder = Path.GetFullPath(folder, call.Directory);
        if (!Directory.Exists(folder))
            return Complain(call, $"There is no folder '{folder}'.");
        if (!AuditCertificateFile.TryLoadPublic(Path.GetFullPath(certificate, call.Directory), out var trusted, out var problem))
            return Complain(call, problem);

        try
        {
            var verdict = await new ExportVerification(folder, trusted, Progress(call)).Run();
            if (verdict.Fault is null)
                return Report(call, verdict, trusted);
            call.Errors.WriteLine($"The export does not verify.\n  {verdict.Fault}");
            return DoesNotVerify;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Complain(call, $"The export can't be read: {e.Message}");
        }
    }

    private static int Report(CommandCall call, ExportVerdict verdict, IReadOnlyList<AuditCertificate> trusted)
    {
        var checkpoint = verdict.Checkpoint!;
        call.Output.WriteLine("The export verifies.");
        call.Output.WriteLine($"  log          {checkpoint.Origin}");
        call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  checkpoint   {checkpoint.Number} of {checkpoint.Time:yyyy-MM-dd'T'HH:mm:ss'Z'}"));
        call.Output.WriteLine(verdict.Chain is null
            ? string.Create(CultureInfo.InvariantCulture, $"  holds        the whole log: {verdict.Entries} entries of {verdict.Chains} chains")
            : string.Create(CultureInfo.InvariantCulture, $"  holds        chain {verdict.Chain} only: {verdict.Entries} entries; other chains may have entries about it"));
        call.Output.WriteLine($"  certificate  {string.Join("; ", trusted)}");
        if (verdict.StampedAt is { } stamped)
            call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  time stamp   {stamped:yyyy-MM-dd'T'HH:mm:ss'Z'}; check its authority with openssl ts -verify"));
        return 0;
    }

    private static bool TryParse(IReadOnlyList<string> arguments, out string folder, out string certificate)
    {
        (folder, certificate) = arguments switch
        {
            [var first, CertificateOption, var pem] => (first, pem),
            [CertificateOption, var pem, var last] => (last, pem),
            _ => ("", ""),
        };
        return folder.Length > 0 && certificate.Length > 0;
    }

    /// <summary>For a person who waits; a program that reads the errors gets nothing but errors.</summary>
    private static Action<long> Progress(CommandCall call) => ReferenceEquals(call.Errors, Console.Error) && !Console.IsErrorRedirected
        ? entries => call.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entries:N0} entries…"))
        : _ => { };

    private static int Complain(CommandCall call, string problem)
    {
        call.Errors.WriteLine(problem);
        return Unusable;
    }
}
