using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Tumbler.Client.Authentication;
using Tumbler.Client.Options;

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
    public static IServiceCollection AddTumbler(this IServiceCollection services, IConfiguration section, Action<TumblerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        var errors = new SettingsErrors((section as IConfigurationSection)?.Path ?? "Tumbler");
        return services.Add(errors, options =>
        {
            new SettingsReading(section, errors.Found).Into(options);
            configure?.Invoke(options);
        });
    }

    /// <summary>Guards the service by what the code says.</summary>
    public static IServiceCollection AddTumbler(this IServiceCollection services, Action<TumblerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.Add(new SettingsErrors("Tumbler"), configure);
    }

    /// <summary>Authentication and authorization, in this order and with the exempt paths. Everything behind it needs a credential, whether its
    /// endpoint asks for one or not; <c>AllowAnonymous</c> and exempt paths excepted.</summary>
    /// <exception cref="TumblerSettingsException">The settings are wrong, and <see cref="TumblerOptions.Enforce"/> is on.</exception>
    public static IApplicationBuilder UseTumbler(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);

        // Before anything listens.
        app.ApplicationServices.GetRequiredService<TumblerGuard>();
        return app.UseAuthentication().UseAuthorization();
    }

    private static IServiceCollection Add(this IServiceCollection services, SettingsErrors errors, Action<TumblerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(TumblerGuard)))
            throw new InvalidOperationException("AddTumbler was called before. One service has one guard.");
        services.AddOptions<TumblerOptions>().Configure(configure);
        services.AddSingleton(errors);
        services.AddSingleton<TumblerGuard>();
        services.AddSingleton<IHostedService>(all => all.GetRequiredService<TumblerGuard>());
        services.AddSingleton(all => all.GetRequiredService<TumblerGuard>().Tokens
            ?? throw new InvalidOperationException("There is nothing that verifies tokens: Mode has no jwt, or the settings are wrong."));
        services.AddAuthentication(options => options.DefaultScheme ??= TumblerDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, TumblerHandler>(TumblerDefaults.AuthenticationScheme, null);
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddSingleton<IAuthorizationHandler, CredentialHandler>();
        services.PostConfigure<AuthorizationOptions>(options => options.FallbackPolicy ??=
            new AuthorizationPolicyBuilder(TumblerDefaults.AuthenticationScheme).AddRequirements(new CredentialRequirement()).Build());
        var enforced = services.Last(service => service.ServiceType == typeof(IAuthorizationMiddlewareResultHandler));
        return services.Replace(ServiceDescriptor.Singleton<IAuthorizationMiddlewareResultHandler>(all =>
            ActivatorUtilities.CreateInstance<RollOut>(all, Make(enforced, all))));
    }

    private static IAuthorizationMiddlewareResultHandler Make(ServiceDescriptor service, IServiceProvider all) =>
        (IAuthorizationMiddlewareResultHandler)(service.ImplementationInstance
            ?? service.ImplementationFactory?.Invoke(all)
            ?? ActivatorUtilities.CreateInstance(all, service.ImplementationType!));
}
