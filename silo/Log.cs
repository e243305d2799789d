namespace Tumbler.Silo;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    public static partial void CertificateWarning(ILogger log, string warning);
}
