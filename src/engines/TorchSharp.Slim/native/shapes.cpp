// Tensors: reductions, shapes, indexing.
#include "boundary.h"
#include <ATen/TensorIndexing.h>

// ---------------------------------------------------------------------------------------------- reductions
TS_API Handle ts_sum_dims(Handle t, const int64_t* dims, int64_t n, int keep, int type) {
    return tensor_of([&] { return t->sum(span(dims, n), keep != 0, optional_type(type)); });
}
TS_API Handle ts_mean_dims(Handle t, const int64_t* dims, int64_t n, int keep, int type) {
    return tensor_of([&] { return t->mean(span(dims, n), keep != 0, optional_type(type)); });
}
TS_API Handle ts_std(Handle t, int unbiased) { return tensor_of([&] { return t->std(unbiased != 0); }); }
TS_API Handle ts_var(Handle t, int unbiased) { return tensor_of([&] { return t->var(unbiased != 0); }); }
TS_API Handle ts_std_dims(Handle t, const int64_t* dims, int64_t n, int unbiased, int keep) {
    return tensor_of([&] { return t->std(span(dims, n), unbiased != 0, keep != 0); });
}
TS_API Handle ts_var_dims(Handle t, const int64_t* dims, int64_t n, int unbiased, int keep) {
    return tensor_of([&] { return t->var(span(dims, n), unbiased != 0, keep != 0); });
}
TS_API Handle ts_norm(Handle t, double p) { return tensor_of([&] { return t->norm(p); }); }
TS_API Handle ts_cumsum(Handle t, int64_t dim, int type) {
    return tensor_of([&] { return t->cumsum(dim, optional_type(type)); });
}
TS_API Handle ts_logsumexp(Handle t, int64_t dim, int keep) {
    return tensor_of([&] { return t->logsumexp(span(&dim, 1), keep != 0); });
}
TS_API Handle ts_argmax_dim(Handle t, int64_t dim, int keep) {
    return tensor_of([&] { return t->argmax(dim, keep != 0); });
}
TS_API Handle ts_argmin_dim(Handle t, int64_t dim, int keep) {
    return tensor_of([&] { return t->argmin(dim, keep != 0); });
}
TS_API Handle ts_all_dim(Handle t, int64_t dim, int keep) {
    return tensor_of([&] { return t->all(dim, keep != 0); });
}
TS_API Handle ts_any_dim(Handle t, int64_t dim, int keep) {
    return tensor_of([&] { return t->any(dim, keep != 0); });
}
TS_API Handle ts_amax(Handle t, const int64_t* dims, int64_t n, int keep) {
    return tensor_of([&] { return t->amax(span(dims, n), keep != 0); });
}
TS_API Handle ts_amin(Handle t, const int64_t* dims, int64_t n, int keep) {
    return tensor_of([&] { return t->amin(span(dims, n), keep != 0); });
}

template <typename Body>
static Handle pair_of(Handle* second, Body&& body) {
    return tensor_of([&] {
        auto both = body();
        *second = own(std::move(std::get<1>(both)));
        return std::move(std::get<0>(both));
    });
}
TS_API Handle ts_max_dim(Handle t, int64_t dim, int keep, Handle* indices) {
    return pair_of(indices, [&] { return t->max(dim, keep != 0); });
}
TS_API Handle ts_min_dim(Handle t, int64_t dim, int keep, Handle* indices) {
    return pair_of(indices, [&] { return t->min(dim, keep != 0); });
}
TS_API Handle ts_sort(Handle t, int64_t dim, int descending, int stable, Handle* indices) {
    return pair_of(indices, [&] { return t->sort(maybe<bool>(stable != 0), dim, descending != 0); });
}
TS_API Handle ts_topk(Handle t, int64_t k, int64_t dim, int largest, int sorted, Handle* indices) {
    return pair_of(indices, [&] { return t->topk(k, dim, largest != 0, sorted != 0); });
}

// --------------------------------------------------------------------------------------- shapes and indexing
TS_API Handle ts_view(Handle t, const int64_t* s, int64_t n) {
    return tensor_of([&] { return t->view(span(s, n)); });
}
TS_API Handle ts_reshape(Handle t, const int64_t* s, int64_t n) {
    return tensor_of([&] { return t->reshape(span(s, n)); });
}
TS_API Handle ts_permute(Handle t, const int64_t* s, int64_t n) {
    return tensor_of([&] { return t->permute(span(s, n)); });
}
TS_API Handle ts_expand(Handle t, const int64_t* s, int64_t n, int implicit) {
    return tensor_of([&] { return t->expand(span(s, n), implicit != 0); });
}
TS_API Handle ts_repeat(Handle t, const int64_t* s, int64_t n) {
    return tensor_of([&] { return t->repeat(span(s, n)); });
}
TS_API Handle ts_flip(Handle t, const int64_t* s, int64_t n) {
    return tensor_of([&] { return t->flip(span(s, n)); });
}
TS_API Handle ts_transpose(Handle t, int64_t a, int64_t b) {
    return tensor_of([&] { return t->transpose(a, b); });
}
TS_API Handle ts_squeeze_dim(Handle t, int64_t dim) { return tensor_of([&] { return t->squeeze(dim); }); }
TS_API Handle ts_unsqueeze(Handle t, int64_t dim) { return tensor_of([&] { return t->unsqueeze(dim); }); }
TS_API Handle ts_flatten(Handle t, int64_t a, int64_t b) {
    return tensor_of([&] { return t->flatten(a, b); });
}
TS_API Handle ts_narrow(Handle t, int64_t dim, int64_t start, int64_t length) {
    return tensor_of([&] { return t->narrow(dim, start, length); });
}
TS_API Handle ts_slice(Handle t, int64_t dim, int64_t start, int64_t stop, int64_t step) {
    return tensor_of([&] { return t->slice(dim, start, stop, step); });
}
TS_API Handle ts_select(Handle t, int64_t dim, int64_t at) {
    return tensor_of([&] { return t->select(dim, at); });
}
TS_API Handle ts_index_select(Handle t, int64_t dim, Handle index) {
    return tensor_of([&] { return t->index_select(dim, *index); });
}
TS_API Handle ts_gather(Handle t, int64_t dim, Handle index) {
    return tensor_of([&] { return t->gather(dim, *index); });
}
TS_API Handle ts_scatter(Handle t, int64_t dim, Handle index, Handle source) {
    return tensor_of([&] { return t->scatter(dim, *index, *source); });
}
TS_API int ts_scatter_(Handle t, int64_t dim, Handle index, Handle source) {
    return status_of([&] { t->scatter_(dim, *index, *source); });
}
TS_API int ts_index_add_(Handle t, int64_t dim, Handle index, Handle source, TsScalar alpha) {
    return status_of([&] { t->index_add_(dim, *index, *source, number(alpha)); });
}
TS_API Handle ts_masked_fill(Handle t, Handle mask, TsScalar v) {
    return tensor_of([&] { return t->masked_fill(*mask, number(v)); });
}
TS_API int ts_masked_fill_(Handle t, Handle mask, TsScalar v) {
    return status_of([&] { t->masked_fill_(*mask, number(v)); });
}
TS_API Handle ts_tril(Handle t, int64_t k) { return tensor_of([&] { return t->tril(k); }); }
TS_API Handle ts_triu(Handle t, int64_t k) { return tensor_of([&] { return t->triu(k); }); }
TS_API Handle ts_diag(Handle t, int64_t k) { return tensor_of([&] { return t->diag(k); }); }
TS_API Handle ts_cat(Handle* items, int64_t n, int64_t dim) {
    return tensor_of([&] { auto all = collect(items, n); return at::cat(at::TensorList(all), dim); });
}
TS_API Handle ts_stack(Handle* items, int64_t n, int64_t dim) {
    return tensor_of([&] { auto all = collect(items, n); return at::stack(at::TensorList(all), dim); });
}

// One entry of an index such as t[.., 1, 2..5, mask]; INT64_MIN marks an open end of a slice.
struct TsIndex {
    int64_t kind;  // 0 slice, 1 number, 2 tensor, 3 boolean, 4 ellipsis, 5 new axis
    int64_t a, b, c;
    Handle tensor;
};

static std::vector<at::indexing::TensorIndex> indices_of(const TsIndex* items, int64_t n) {
    using namespace at::indexing;
    auto bound = [](int64_t v) { return v == INT64_MIN ? maybe<int64_t>() : maybe<int64_t>(v); };
    std::vector<TensorIndex> made;
    for (int64_t i = 0; i < n; i++) {
        const auto& item = items[i];
        switch (item.kind) {
            case 0: made.emplace_back(Slice(bound(item.a), bound(item.b), bound(item.c))); break;
            case 1: made.emplace_back(item.a); break;
            case 2: made.emplace_back(*item.tensor); break;
            case 3: made.emplace_back(item.a != 0); break;
            case 4: made.emplace_back(Ellipsis); break;
            default: made.emplace_back(None); break;
        }
    }
    return made;
}
TS_API Handle ts_index(Handle t, const TsIndex* items, int64_t n) {
    return tensor_of([&] { return t->index(indices_of(items, n)); });
}
TS_API int ts_index_put_(Handle t, const TsIndex* items, int64_t n, Handle value) {
    return status_of([&] { t->index_put_(indices_of(items, n), *value); });
}

// Gives an array of handles; the caller takes the handles and frees the array with ts_free_array.
template <typename Body>
static Handle* array_of(int64_t* count, Body&& body) {
    Handle* handles = nullptr;
    int failed = status_of([&] {
        std::vector<at::Tensor> parts = body();
        handles = new Handle[parts.size()];
        for (size_t i = 0; i < parts.size(); i++) handles[i] = own(std::move(parts[i]));
        *count = static_cast<int64_t>(parts.size());
    });
    return failed != 0 ? nullptr : handles;
}
TS_API void ts_free_array(Handle* handles) { delete[] handles; }
TS_API Handle* ts_unbind(Handle t, int64_t dim, int64_t* count) {
    return array_of(count, [&] { return t->unbind(dim); });
}
TS_API Handle* ts_chunk(Handle t, int64_t n, int64_t dim, int64_t* count) {
    return array_of(count, [&] { return t->chunk(n, dim); });
}
TS_API Handle* ts_split(Handle t, int64_t size, int64_t dim, int64_t* count) {
    return array_of(count, [&] { return t->split(size, dim); });
}
TS_API Handle* ts_split_sizes(Handle t, const int64_t* sizes, int64_t n, int64_t dim, int64_t* count) {
    return array_of(count, [&] { return t->split_with_sizes(span(sizes, n), dim); });
}
