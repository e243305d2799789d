using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Tumbler.Silo.Logging;

internal static class RedactedLogging
{
    /// <summary>Everything that goes to the console passes the redaction: messages, their values, scopes and exceptions.</summary>
    public static ILoggingBuilder Redacted(this ILoggingBuilder logging)
    {
        var console = logging.Services.Single(service => service.ImplementationType == typeof(ConsoleLoggerProvider));
        logging.Services.Remove(console);
        logging.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, RedactingProvider>(
            services => new RedactingProvider(ActivatorUtilities.CreateInstance<ConsoleLoggerProvider>(services))));
        return logging;
    }
}
