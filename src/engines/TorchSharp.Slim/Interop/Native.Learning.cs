using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

// The functions of native/learning.cpp, in its order.
internal static unsafe partial class Native
{
    [DllImport(Library)] internal static extern nint ts_linear(nint x, nint w, nint b);
    [DllImport(Library)]
    internal static extern nint ts_conv1d(nint x, nint w, nint b, long stride, long padding, long dilation,
        long groups);
    [DllImport(Library)]
    internal static extern nint ts_layer_norm(nint x, long* shape, long n, nint w, nint b, double eps);
    [DllImport(Library)] internal static extern nint ts_dropout(nint x, double p, int training);
    [DllImport(Library)] internal static extern int ts_dropout_(nint x, double p, int training);
    [DllImport(Library)] internal static extern nint ts_softmax(nint x, long dim, int type);
    [DllImport(Library)] internal static extern nint ts_log_softmax(nint x, long dim, int type);
    [DllImport(Library)] internal static extern nint ts_softplus(nint x, double beta, double threshold);
    [DllImport(Library)] internal static extern nint ts_leaky_relu(nint x, double slope);
    [DllImport(Library)] internal static extern nint ts_one_hot(nint x, long classes);
    [DllImport(Library)]
    internal static extern nint ts_cross_entropy(nint x, nint y, nint weight, long reduction, long ignore,
        double smoothing);
    [DllImport(Library)]
    internal static extern nint ts_nll_loss(nint x, nint y, nint weight, long reduction, long ignore);
    [DllImport(Library)]
    internal static extern nint ts_bce_with_logits(nint x, nint y, nint weight, nint pos_weight,
        long reduction);
    [DllImport(Library)] internal static extern nint ts_bce(nint x, nint y, nint weight, long reduction);
    [DllImport(Library)] internal static extern nint ts_mse_loss(nint x, nint y, long reduction);
    [DllImport(Library)] internal static extern nint ts_l1_loss(nint x, nint y, long reduction);
    [DllImport(Library)]
    internal static extern nint ts_smooth_l1_loss(nint x, nint y, long reduction, double beta);
    [DllImport(Library)]
    internal static extern nint ts_huber_loss(nint x, nint y, long reduction, double delta);
    [DllImport(Library)]
    internal static extern nint ts_kl_div(nint x, nint y, long reduction, int log_target);
    [DllImport(Library)]
    internal static extern nint ts_recurrent_new(int is_lstm, long input, long hidden, long layers,
        int bias, int batch_first, double dropout, int both);
    [DllImport(Library)] internal static extern void ts_recurrent_free(nint r);
    [DllImport(Library)] internal static extern nint ts_recurrent_parameter(nint r, byte* name);
    [DllImport(Library)] internal static extern int ts_recurrent_train(nint r, int on);
    [DllImport(Library)] internal static extern int ts_recurrent_to(nint r, int type, int device, int index);
    [DllImport(Library)] internal static extern int ts_recurrent_flatten(nint r);
    [DllImport(Library)]
    internal static extern nint ts_lstm_forward(nint r, nint x, nint h0, nint c0, nint* hn, nint* cn);
    [DllImport(Library)] internal static extern nint ts_gru_forward(nint r, nint x, nint h0, nint* hn);
    [DllImport(Library)] internal static extern int ts_zero_grads(nint* parameters, long n);
    [DllImport(Library)]
    internal static extern int ts_clip_grad_norm(nint* parameters, long n, double max_norm, double kind,
        double* total);
    [DllImport(Library)]
    internal static extern int ts_clip_grad_value(nint* parameters, long n, double limit);
    [DllImport(Library)]
    internal static extern int ts_adam_step(nint* p, nint* m, nint* v, nint* vmax, long* steps, long n,
        AdamSettings* s);
    [DllImport(Library)]
    internal static extern int ts_sgd_step(nint* p, nint* buffers, int* started, long n, SgdSettings* s);
    [DllImport(Library)]
    internal static extern int ts_rmsprop_step(nint* p, nint* squares, nint* buffers, nint* means,
        long* steps, long n, RmsSettings* s);
    [DllImport(Library)] internal static extern int ts_orthogonal_(nint t, double gain);
}
