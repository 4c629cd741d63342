namespace Personalization.Backends.Http;

/// <summary>Recognizes a server's report that it ran out of memory: a smaller picture may fit.</summary>
internal static class MemoryShortage
{
    // The words of PyTorch (CUDA, ROCm, MPS, CPU), ComfyUI, ggml and Vulkan.
    private static readonly string[] Signs =
    [
        "OutOfMemory", "out of memory", "Allocation on device", "can't allocate memory", "not enough memory", "not enough GPU video memory", "OutOfDeviceMemory", "failed to allocate",
        "Invalid buffer size",
    ];

    public static bool IsNamedIn(string text) => Signs.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase));
}
