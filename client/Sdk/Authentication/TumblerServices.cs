using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tumbler.Client;

/// <summary>Turns the guard on.</summary>
/// <example>
/// <code>
/// var builder = WebApplication.CreateBuilder(args);
/// builder.Services.AddTumbler(builder.Configuration.GetSection("Tumbler"));
/// var app = builder.Build();
/// app.UseTumbler();
/// app.MapGet("/orders", () => "all of them").RequireScope("orders:read");
/// app.Run();
/// </code>
/// </example>
public static class TumblerServices
{
    /// <summary>Guards the service by what stands in a configuration.</summary>
    /// <param name="services">The service's.</param>
    /// <param name="section">Its settings are the properties of <see cref="TumblerOptions"/>; any other is an error.</param>
    /// <param name="configure">What the code has to say; it has the last word.</param>
    public static IServiceCollection AddTumbler(this IServiceCollection services, IConfiguration section, Action<TumblerOptions>? configure = null) =>
        throw new NotSupportedException();

    /// <summary>Guards the service by what the code says.</summary>
    public static IServiceCollection AddTumbler(this IServiceCollection services, Action<TumblerOptions> configure) =>
        throw new NotSupportedException();

    /// <summary>Authentication and authorization, in this order and with the exempt paths. Everything behind it needs a credential, whether its
    /// endpoint asks for one or not; <c>AllowAnonymous</c> and exempt paths excepted.</summary>
    /// <exception cref="TumblerSettingsException">The settings are wrong, and <see cref="TumblerOptions.Enforce"/> is on.</exception>
    public static IApplicationBuilder UseTumbler(this IApplicationBuilder app) => throw new NotSupportedException();
}
